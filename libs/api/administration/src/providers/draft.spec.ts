import { type CreateProviderRequest } from '@echo/contract';
import { changed, draftOf, plainColumns, settingsOf } from './draft';

const REQUEST: CreateProviderRequest = {
  id: 'lab',
  name: ' Lab ',
  wire: 'openai-chat',
  base_url: ' https://lab.example/v1/ ',
  api_key: ' key ',
  headers: { 'x-team': 'a' },
  query: {},
  models: [],
  times: { idle: 90 },
};

describe('a provider that an administrator describes', () => {
  it('is taken without the spaces that come with copying, and without what is empty', () => {
    expect(draftOf(REQUEST)).toMatchObject({
      name: 'Lab',
      baseUrl: 'https://lab.example/v1',
      apiKey: 'key',
      headers: { 'x-team': 'a' },
      query: null,
      models: null,
      enabled: true,
      allowPrivate: false,
      times: { connectMs: null, firstContentMs: null, idleMs: 90_000, totalMs: null },
    });
    expect(draftOf({ ...REQUEST, api_key: '  ' }).apiKey).toBeNull();
  });

  it('keeps what a change does not name, and gives up what it sets to null', () => {
    const draft = draftOf({ ...REQUEST, default_model: 'm', continues: true });
    expect(changed(draft, {}).draft).toEqual(draft);
    const { draft: bare, secretsCleared } = changed(draft, {
      api_key: null,
      headers: null,
      default_model: null,
      continues: null,
      times: { idle: null },
    });
    expect([bare.apiKey, bare.headers, bare.defaultModel, bare.continues, bare.times.idleMs]).toEqual([null, null, null, null, null]);
    expect(secretsCleared).toBe(false);
  });

  it.each([
    ['https://lab.example/v2', false],
    ['https://LAB.example', false],
    ['https://lab.example:8443/v1', true],
    ['http://lab.example/v1', true],
    ['https://lab.example.evil.example/v1', true],
  ])('at %s has its secrets forgotten: %s', (base_url, forgotten) => {
    const { draft, secretsCleared } = changed(draftOf(REQUEST), { base_url });
    expect([secretsCleared, draft.apiKey === null, draft.headers === null]).toEqual([forgotten, forgotten, forgotten]);
  });

  it('takes new secrets that come along with a new host', () => {
    const { draft } = changed(draftOf(REQUEST), { base_url: 'https://other.example', api_key: 'new' });
    expect([draft.apiKey, draft.headers]).toEqual(['new', null]);
  });

  it('goes to the registry without what is not set, and to the database without secrets', () => {
    const draft = draftOf(REQUEST);
    expect(settingsOf(draft)).toEqual({
      id: 'lab',
      name: 'Lab',
      wire: 'openai-chat',
      baseUrl: 'https://lab.example/v1',
      publicOnly: true,
      templateTokens: 'as_typed',
      timeouts: { idleMs: 90_000 },
      apiKey: 'key',
      headers: { 'x-team': 'a' },
    });
    expect(plainColumns(draft)).toMatchObject({ idleTimeout: 90, connectTimeout: null });
    expect(JSON.stringify(plainColumns(draft))).not.toMatch(/"key"|x-team/);
  });
});
