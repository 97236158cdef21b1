import { collectAnswer, openAiChat, ScriptedProvider } from '@echo/testing';
import { PROVIDERS_DEFAULTS, type ProviderSettings, type ProvidersSettings } from '../provider-settings';
import { RETRY_POLICY } from '../stream/retries';
import { ModelRegistry } from './model-registry';
import { NO_RUNTIME_SETTINGS, type RuntimeSettings } from './runtime-settings';
import { UnknownModelError, UnknownProviderError } from './unknown-name-errors';

const never = new AbortController().signal;

describe('a registry, while it runs,', () => {
  let server: ScriptedProvider;
  let registry: ModelRegistry;

  beforeEach(async () => {
    server = await ScriptedProvider.start();
    server.answer = ({ path }) => (path.endsWith('/models') ? openAiChat.models('small', 'large') : undefined);
  });
  afterEach(async () => {
    await registry.onApplicationShutdown();
    await server.stop();
  });

  const settingsOf = (id: string, more: Partial<ProviderSettings> = {}): ProviderSettings => ({
    id,
    name: id.toUpperCase(),
    wire: 'openai-chat',
    baseUrl: server.baseUrl,
    ...more,
  });
  const start = (settings: Partial<ProvidersSettings> = {}): ModelRegistry => {
    const quiet = { ...PROVIDERS_DEFAULTS, discoverLocal: false, guideChunksPerSecond: 0, ...settings };
    registry = new ModelRegistry(quiet, { retryPolicy: { ...RETRY_POLICY, tries: 1 } });
    return registry;
  };
  const use = (settings: Partial<RuntimeSettings>): void => registry.use({ ...NO_RUNTIME_SETTINGS, ...settings });
  const ids = async () => (await registry.list()).providers.map(({ id }) => id);

  it('takes providers, changes and drops them', async () => {
    start({ providers: [settingsOf('fixed')] });
    use({ providers: [settingsOf('added')] });
    expect(await ids()).toEqual(['fixed', 'added', 'guide']);
    expect(await registry.resolve('added', 'small')).toMatchObject({ provider: 'added', model: 'small' });
    use({ providers: [settingsOf('added', { models: ['only'] })] });
    await expect(registry.resolve('added', 'small')).rejects.toThrow(UnknownModelError);
    use({});
    await expect(registry.resolve('added', 'small')).rejects.toThrow(UnknownProviderError);
    expect(await ids()).toEqual(['fixed', 'guide']);
  });

  it('lets nobody take the place of a provider of the environment', async () => {
    start({ providers: [settingsOf('fixed')] });
    use({ providers: [settingsOf('fixed', { name: 'An impostor' })] });
    expect((await registry.list()).providers[0]).toMatchObject({ id: 'fixed', name: 'FIXED' });
    expect(await ids()).toEqual(['fixed', 'guide']);
  });

  it('keeps what it knows of a provider whose settings stay', async () => {
    start();
    use({ providers: [settingsOf('one')] });
    await registry.list();
    use({ providers: [settingsOf('one'), settingsOf('two', { models: ['x'] })] });
    await registry.resolve('one', 'small');
    expect(server.requests.filter(({ path }) => path.endsWith('/models'))).toHaveLength(1);
  });

  it('answers with the model that administrators chose for who names none, before that of the environment', async () => {
    start({ providers: [settingsOf('fixed')], defaultModel: 'fixed/small' });
    expect((await registry.list()).default_model).toBe('fixed/small');
    use({ providers: [settingsOf('added')], defaultModel: 'added/large' });
    expect((await registry.list()).default_model).toBe('added/large');
    expect(await registry.resolve()).toMatchObject({ provider: 'added', model: 'large' });
    use({});
    expect(await registry.resolve()).toMatchObject({ provider: 'fixed', model: 'small' });
  });

  it('ends an answer with the provider that it began with', async () => {
    start();
    use({ providers: [settingsOf('one')] });
    const { languageModel } = await registry.resolve('one', 'small');
    use({});
    server.enqueue(openAiChat.text(['still here']));
    expect((await collectAnswer(languageModel.stream({ messages: [] }, never))).text).toBe('still here');
  });

  it('calls neither this machine nor its network for a provider that must be on the internet', async () => {
    start();
    use({ providers: [settingsOf('outside', { publicOnly: true, models: ['m'] })] });
    const { languageModel } = await registry.resolve('outside');
    const { error } = await collectAnswer(languageModel.stream({ messages: [] }, never));
    expect(error).toMatchObject({ kind: 'network', logDetail: 'EGRESS_REFUSED' });
    expect(server.connections).toBe(0);
  });

  it('leaves a provider alone that failed five times in a row, says so, and no other', async () => {
    start();
    use({ providers: [settingsOf('bad', { models: ['m'] }), settingsOf('good', { models: ['m'] })] });
    const ask = async (provider: string) => {
      const { languageModel } = await registry.resolve(provider);
      return collectAnswer(languageModel.stream({ messages: [] }, never));
    };
    for (let time = 0; time < 5; time++) {
      server.enqueue(openAiChat.error(503));
      await ask('bad');
    }
    const asked = server.requests.length;
    expect((await ask('bad')).error).toMatchObject({ kind: 'overloaded', message: registry.pauses().get('bad') });
    expect(registry.pauses().get('good')).toBeNull();
    expect(server.requests).toHaveLength(asked);
    const [bad, good] = (await registry.list()).providers;
    expect(bad).toMatchObject({ id: 'bad', healthy: false, problem: expect.stringMatching(/^BAD failed 5 times in a row/) });
    expect(good).toMatchObject({ id: 'good', healthy: true, problem: null });
    server.enqueue(openAiChat.text(['fine']));
    expect((await ask('good')).text).toBe('fine');
  });

  it('knows which models answer in place of another, and passes over those that are gone', async () => {
    start({ fallbacks: { 'one/small': ['one/large'] } });
    use({
      providers: [settingsOf('one', { models: ['small', 'large'] }), settingsOf('two', { models: ['x'] })],
      fallbacks: { 'one/large': ['one/gone', 'two/x', 'guide/guide'] },
    });
    const names: string[] = [];
    for (let at = await (await registry.resolve('one', 'large')).next(); at !== undefined; at = await at.next())
      names.push(at.languageModel.id);
    expect(names).toEqual(['two/x', 'guide/guide']);
    expect((await (await registry.resolve('one', 'small')).next())?.languageModel.id).toBe('one/large');
    expect(await (await registry.resolve('two', 'x')).next()).toBeUndefined();
  });

  describe('for people who may use some models only,', () => {
    beforeEach(() => {
      start();
      use({
        providers: [settingsOf('one', { models: ['small', 'large'] }), settingsOf('two', { models: ['x'] })],
        userModels: ['one/sm*'],
        fallbacks: { 'one/small': ['two/x', 'guide/guide'] },
      });
    });

    it('shows these and the Guide', async () => {
      const { providers, default_model } = await registry.list('user');
      expect(providers.map(({ id }) => id)).toEqual(['one', 'guide']);
      expect(default_model).toBe('one/small');
      expect((await registry.models(undefined, 'user')).models.map(({ id }) => id)).toEqual(['small', 'guide']);
      expect((await registry.models('two', 'user')).models).toEqual([]);
    });

    it('refuses the others as if they were not there', async () => {
      await expect(registry.resolve('one', 'large', 'user')).rejects.toThrow('ONE has no model "large". It has: small.');
      await expect(registry.resolve(null, 'two/x', 'user')).rejects.toThrow(UnknownModelError);
      await expect(registry.resolve('two', null, 'user')).rejects.toThrow(UnknownModelError);
    });

    it('falls back to none of the others', async () => {
      expect((await (await registry.resolve('one', 'small', 'user')).next())?.languageModel.id).toBe('guide/guide');
    });

    it('gives a model that they may use where none is named', async () => {
      use({ providers: [settingsOf('one', { models: ['small', 'large'] }), settingsOf('two', { models: ['x'] })], userModels: ['two/*'] });
      expect((await registry.resolve(null, null, 'user')).languageModel.id).toBe('two/x');
      use({ providers: [settingsOf('one')], userModels: [] });
      expect((await registry.resolve(null, null, 'user')).languageModel.id).toBe('guide/guide');
    });

    it('shows administrators everything', async () => {
      expect((await registry.models(undefined, 'administrator')).models.map(({ id }) => id)).toEqual(['small', 'large', 'x', 'guide']);
      expect((await registry.resolve('one', 'large', 'administrator')).model).toBe('large');
    });
  });
});

describe('the test of a provider', () => {
  let server: ScriptedProvider;
  const registry = new ModelRegistry({ ...PROVIDERS_DEFAULTS, discoverLocal: false });

  beforeEach(async () => {
    server = await ScriptedProvider.start();
    server.answer = ({ path }) => (path.endsWith('/models') ? openAiChat.models('small', 'large') : undefined);
  });
  afterEach(() => server.stop());
  afterAll(() => registry.onApplicationShutdown());

  const test = (more: Partial<ProviderSettings> = {}) =>
    registry.test({ id: 'new', name: 'New', wire: 'openai-chat', baseUrl: server.baseUrl, apiKey: 'sk-canary-1234', ...more }, never);

  it('tells the first word, how long it took, and which models there are', async () => {
    server.enqueue(openAiChat.text(['Hello', ' there']));
    expect(await test()).toMatchObject({
      ok: true,
      model: 'small',
      answer: expect.stringMatching(/^Hello( there)?$/),
      message: expect.stringMatching(/^It works: small began to answer after \d/),
      models: ['small', 'large'],
    });
  });

  it.each([
    [401, /^The key was refused \(HTTP 401\)/],
    [402, /nothing left/],
    [404, /Check the end of the base URL/],
    [503, /was reached, but did not answer \(HTTP 503\)/],
  ])('says what to do about HTTP %i, asks once, and repeats no key', async (status, sentence) => {
    server.enqueue(openAiChat.error(status));
    const result = await test();
    expect(result).toMatchObject({ ok: false, message: expect.stringMatching(sentence), answer: null });
    expect(JSON.stringify(result)).not.toContain('canary');
    expect(server.requests.filter(({ path }) => path.endsWith('/completions'))).toHaveLength(1);
  });

  it('says that nobody is there, that a web page is, and that the address is too near', async () => {
    expect((await test({ baseUrl: 'http://127.0.0.1:1/v1', models: ['m'] })).message).toMatch(
      /^Nothing answered at this address \(ECONNREFUSED\)/,
    );
    server.answer = () => ({ headers: { 'content-type': 'text/html' }, steps: [{ write: '<html>hello</html>' }] });
    expect((await test({ models: ['m'] })).message).toMatch(/not as this protocol does/);
    expect((await test({ models: ['m'], publicOnly: true })).message).toMatch(/Tick “on this network”/);
  });
});
