import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { SettingsError, type Variables } from './environment';
import { readSettings } from './read-settings';

const read = (variables: Variables = {}, warn: (line: string) => void = () => undefined) => readSettings(variables, warn);
const problemsOf = (variables: Variables): readonly string[] => {
  try {
    read(variables);
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
  return [];
};

describe('the settings', () => {
  it('need nothing to be set', () => {
    expect(read()).toMatchObject({
      listen: { host: '127.0.0.1', port: 3000 },
      site: { publicUrl: undefined, corsOrigins: [] },
      database: { url: undefined, dataDir: resolve('.data') },
      providers: { providers: [], discoverLocal: true, firstContentTimeoutMs: 60_000, totalTimeoutMs: 900_000 },
      chat: {
        maxPromptChars: 200_000,
        promptGuard: 'flag',
        maxLiveRuns: 200,
        maxQueuedRuns: 100,
        eventRetentionSeconds: 3600,
        drainSeconds: 30,
      },
    });
  });

  it('name every one that is wrong in one message', () => {
    const problems = problemsOf({
      PORT: '70000',
      ECHO_DISCOVER_LOCAL: 'maybe',
      ECHO_EVENT_RETENTION: 'soon',
      ECHO_PUBLIC_URL: 'chat.example',
      DATABASE_URL: 'mysql://user:hunter2@db/x',
    });
    expect(problems.map((problem) => problem.split(' ')[0]).sort()).toEqual([
      'DATABASE_URL',
      'ECHO_DISCOVER_LOCAL',
      'ECHO_EVENT_RETENTION',
      'ECHO_PUBLIC_URL',
      'PORT',
    ]);
    expect(problems.join()).not.toContain('hunter2');
  });

  it.each(['0.0.0.0', '192.168.1.5', '::', 'chat.example', '127.0.0.1.evil.example'])('refuse to listen on %s without accounts', (host) => {
    expect(problemsOf({ ECHO_HOST: host })[0]).toMatch(/^ECHO_HOST must be a loopback address/);
  });

  it.each(['127.0.0.1', '127.8.8.8', '::1', 'localhost'])('listen on %s', (host) =>
    expect(read({ ECHO_HOST: host }).listen.host).toBe(host),
  );

  it('take times with and without a unit', () => {
    expect(read({ ECHO_EVENT_RETENTION: '2h', ECHO_IDLE_TIMEOUT: '90', ECHO_FIRST_CONTENT_TIMEOUT: '5m' })).toMatchObject({
      chat: { eventRetentionSeconds: 7200 },
      providers: { idleTimeoutMs: 90_000, firstContentTimeoutMs: 300_000 },
    });
  });

  it('connect OpenAI by its key, and any server of its kind by its address', () => {
    expect(read({ OPENAI_API_KEY: 'sk-1' }).providers.providers).toEqual([
      { id: 'openai', name: 'OpenAI', wire: 'openai-chat', baseUrl: 'https://api.openai.com/v1', apiKey: 'sk-1' },
    ]);
    expect(read({ OPENAI_BASE_URL: 'http://127.0.0.1:8080/v1/' }).providers.providers).toEqual([
      { id: 'openai', name: 'OpenAI-compatible server', wire: 'openai-chat', baseUrl: 'http://127.0.0.1:8080/v1' },
    ]);
  });

  it('take the proxy and the authorities of a company’s network, and never repeat a proxy’s password', () => {
    expect(
      read({ HTTPS_PROXY: 'proxy.example:3128', http_proxy: 'http://plain.example', NO_PROXY: 'lab.example' }).providers.network,
    ).toEqual({
      httpsProxy: 'http://proxy.example:3128',
      httpProxy: 'http://plain.example',
      noProxy: 'lab.example',
    });
    expect(read().providers.network).toEqual({});
    expect(problemsOf({ HTTPS_PROXY: 'socks5://me:hunter2@proxy' })).toEqual([
      'HTTPS_PROXY must be a URL such as http://proxy.example:3128',
    ]);
    expect(problemsOf({ NODE_EXTRA_CA_CERTS: '/does/not/exist.pem' })[0]).toMatch(
      /^NODE_EXTRA_CA_CERTS names a file that cannot be read \(ENOENT\)/,
    );
    expect(problemsOf({ NODE_EXTRA_CA_CERTS: __filename })[0]).toMatch(/^NODE_EXTRA_CA_CERTS names a file without a PEM certificate/);
  });

  it('take a master key and those before it, and refuse a weak one without repeating it', () => {
    const [now, before, first] = [
      'mV6sRb1Kc9Wn3Xz5Ju0Lq8Td2Fh7Gy4Pe',
      'Yp3kq1Zr8vN5uT0wXa7bGd2eHf9jLmQs4',
      'Qw8eRt5yUi2oPa9sDf6gHj3kLz0xCv7bN',
    ];
    expect(read({ ECHO_MASTER_KEY: now, ECHO_MASTER_KEY_PREVIOUS: `${before}, ${first}` }).sealing).toEqual({
      masterKey: now,
      previousKeys: [before, first],
      dataDir: resolve('.data'),
    });
    expect(problemsOf({ ECHO_MASTER_KEY: 'hunter2' })).toEqual([
      'ECHO_MASTER_KEY must have at least 32 characters; make one with: openssl rand -base64 32',
    ]);
  });

  it('take fallbacks and the operator’s prices, and say what is wrong with them', () => {
    const folder = mkdtempSync(join(tmpdir(), 'echo-prices-'));
    const file = join(folder, 'prices.json');
    writeFileSync(file, JSON.stringify({ as_of: '2026-01-31', currency: 'EUR', vendors: [] }));
    expect(read({ ECHO_FALLBACKS: '{"a/*":["b/c"]}', ECHO_PRICES_FILE: file }).providers).toMatchObject({
      fallbacks: { 'a/*': ['b/c'] },
      prices: { currency: 'EUR' },
    });
    writeFileSync(file, '{"as_of":"yesterday"}');
    expect(problemsOf({ ECHO_PRICES_FILE: file })[0]).toMatch(
      /^ECHO_PRICES_FILE names a file that is no list of prices \(as_of must be a date/,
    );
    expect(problemsOf({ ECHO_PRICES_FILE: `${file}.gone` })[0]).toMatch(/cannot be read \(ENOENT\)/);
    for (const text of ['x', '[]', '{"a/b":"c/d"}', '{"a/b":["d"]}']) {
      expect(problemsOf({ ECHO_FALLBACKS: text })[0]).toMatch(/^ECHO_FALLBACKS must be JSON such as/);
    }
    rmSync(folder, { recursive: true });
  });

  it.each([
    [{ ANTHROPIC_API_KEY: 'sk-ant-1' }, { id: 'anthropic', name: 'Anthropic', wire: 'anthropic', baseUrl: 'https://api.anthropic.com' }],
    [
      { GEMINI_API_KEY: 'g-1' },
      { id: 'gemini', name: 'Google Gemini', wire: 'gemini', baseUrl: 'https://generativelanguage.googleapis.com' },
    ],
    [
      { ANTHROPIC_BASE_URL: 'http://10.0.0.5:8000' },
      { id: 'anthropic', name: 'Anthropic-compatible server', baseUrl: 'http://10.0.0.5:8000' },
    ],
    [
      { GOOGLE_GEMINI_BASE_URL: 'http://10.0.0.5:8000' },
      { id: 'gemini', name: 'Gemini-compatible server', baseUrl: 'http://10.0.0.5:8000' },
    ],
  ])('connect a vendor by %j', (variables, provider) => {
    expect(read(variables).providers.providers).toEqual([expect.objectContaining(provider)]);
  });

  it.each(['openai-chat', 'openai-responses', 'anthropic', 'gemini', 'ollama'])('take %s for a protocol of another provider', (wire) => {
    const provider = { id: 'lab', wire, base_url: 'http://10.0.0.5:8000' };
    expect(read({ ECHO_PROVIDERS: JSON.stringify([provider]) }).providers.providers[0]).toMatchObject({ id: 'lab', wire });
  });

  it.each(['127.0.0.1:11434', 'http://127.0.0.1:11434', 'http://127.0.0.1', '127.0.0.1'])('connect Ollama by OLLAMA_HOST=%s', (host) => {
    expect(read({ OLLAMA_HOST: host }).providers.providers[0]).toMatchObject({
      id: 'ollama',
      wire: 'ollama',
      baseUrl: 'http://127.0.0.1:11434',
    });
  });

  it('read secrets from files, and say which file cannot be read', () => {
    const folder = mkdtempSync(join(tmpdir(), 'echo-settings-'));
    const file = join(folder, 'key');
    writeFileSync(file, 'sk-from-file\n');
    expect(read({ OPENAI_API_KEY_FILE: file }).providers.providers[0]?.apiKey).toBe('sk-from-file');
    expect(problemsOf({ OPENAI_API_KEY_FILE: `${file}.missing` })[0]).toMatch(
      /OPENAI_API_KEY_FILE names a file that cannot be read \(ENOENT\)/,
    );
    expect(problemsOf({ OPENAI_API_KEY_FILE: file, OPENAI_API_KEY: 'sk-2' })).toHaveLength(1);
    rmSync(folder, { recursive: true });
  });

  it('take any number of other providers', () => {
    const entry = {
      id: 'lab',
      wire: 'openai-chat',
      base_url: 'http://10.0.0.5:8000/v1',
      api_key_env: 'LAB_KEY',
      models: ['m'],
      continues: false,
      headers: { 'x-team': 'a' },
      query: { v: '1' },
    };
    expect(read({ ECHO_PROVIDERS: JSON.stringify([entry]), LAB_KEY: 'k' }).providers.providers).toEqual([
      {
        id: 'lab',
        name: 'lab',
        wire: 'openai-chat',
        baseUrl: 'http://10.0.0.5:8000/v1',
        apiKey: 'k',
        models: ['m'],
        continues: false,
        headers: { 'x-team': 'a' },
        query: { v: '1' },
      },
    ]);
  });

  const base = { id: 'a', wire: 'openai-chat', base_url: 'http://h/v1' };
  it.each([
    ['not JSON', '{', /must be a JSON list/],
    ['no list', '{}', /must be a JSON list/],
    ['no object', '[1]', /entry 1: must be an object/],
    ['a bad id', JSON.stringify([{ ...base, id: 'A B' }]), /"id" must be/],
    ['the Guide’s id', JSON.stringify([{ ...base, id: 'guide' }]), /taken/],
    ['an id twice', JSON.stringify([base, base]), /twice/],
    ['an unknown wire', JSON.stringify([{ ...base, wire: 'telegraph' }]), /"wire" must be one of openai-chat/],
    ['a file for a URL', JSON.stringify([{ ...base, base_url: 'file:///etc/passwd' }]), /"base_url" must be a URL/],
    ['a key that is not set', JSON.stringify([{ ...base, api_key_env: 'NOPE' }]), /"NOPE", which is not set/],
    ['an unknown field', JSON.stringify([{ ...base, api_key: 'sk' }]), /"api_key" is not a known field/],
    ['a word for yes', JSON.stringify([{ ...base, continues: 'yes' }]), /"continues" must be true or false/],
    ['headers of numbers', JSON.stringify([{ ...base, headers: { a: 1 } }]), /"headers" must be/],
  ])('refuse providers with %s', (_, value, message) => expect(problemsOf({ ECHO_PROVIDERS: value }).join('\n')).toMatch(message));

  it('mention a setting that nobody knows', () => {
    const lines: string[] = [];
    read({ ECHO_DISCOVER: 'off', PATH: '/bin' }, (line) => lines.push(line));
    expect(lines).toEqual(['The setting ECHO_DISCOVER is not known and does nothing.']);
  });
});
