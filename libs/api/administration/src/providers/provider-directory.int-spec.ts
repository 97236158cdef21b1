import { Database, PersistenceModule, RunNotices, SealedTextStore } from '@echo/api-persistence';
import { ModelRegistry, PROVIDERS_DEFAULTS, ProvidersModule } from '@echo/api-providers';
import { LOCAL_USER, masterKeyOf, type Refusal, SealBox, Sealer, WrongMasterKeyError } from '@echo/api-security';
import { type CreateProviderRequest } from '@echo/contract';
import { openAiChat, ScriptedProvider, startTestPostgres, type TestPostgres } from '@echo/testing';
import { type DynamicModule, Logger } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { AdministrationModule } from '../administration.module';
import { SettingsWatch } from '../settings-watch';
import { ProviderDirectory } from './provider-directory';
import { ProvidersController } from './providers.controller';

const KEY = 'sk-canary-0123-4567-89ab-f3a1';
const [FIRST, SECOND] = [masterKeyOf('the first of two master keys'), masterKeyOf('the second of two master keys')];

describe('the directory of providers, on a real PostgreSQL', () => {
  let postgres: TestPostgres;
  let lab: ScriptedProvider;
  const replicas: TestingModule[] = [];

  /** A replica with this master key. */
  const start = async (...[key, ...previous]: ConstructorParameters<typeof SealBox>[0][]): Promise<TestingModule> => {
    const persistence = PersistenceModule.register({ url: postgres.url, poolSize: 4 });
    const fixed = { id: 'fixed', name: 'Fixed', wire: 'openai-chat', baseUrl: lab.baseUrl, apiKey: KEY, models: ['one'] } as const;
    const providers = ProvidersModule.register({ ...PROVIDERS_DEFAULTS, providers: [fixed], discoverLocal: false });
    class Sealing {}
    const sealing: DynamicModule = {
      module: Sealing,
      imports: [persistence],
      providers: [
        {
          provide: Sealer,
          useFactory: (texts: SealedTextStore) => new Sealer(() => new SealBox(key ?? FIRST, previous), texts, texts),
          inject: [SealedTextStore],
        },
      ],
      exports: [Sealer],
    };
    const module = await Test.createTestingModule({
      imports: [AdministrationModule.register([persistence, providers, sealing])],
    }).compile();
    replicas.push(module);
    await module.get(Database).connect();
    await module.init();
    return module;
  };
  const ready = async (...keys: ConstructorParameters<typeof SealBox>[0][]) => {
    const module = await start(...keys);
    await module.get(Sealer).start();
    // Opens the line over which replicas hear of each other.
    await module.get(RunNotices).query('select 1', []);
    await module.get(SettingsWatch).start();
    return { module, directory: module.get(ProviderDirectory), registry: module.get(ModelRegistry) };
  };
  const request = (more: Partial<CreateProviderRequest> = {}): CreateProviderRequest => ({
    id: 'lab',
    name: 'Lab',
    wire: 'openai-chat',
    base_url: lab.baseUrl,
    api_key: KEY,
    headers: { 'x-team': 'canary-header' },
    query: { 'api-version': 'canary-query' },
    allow_private: true,
    ...more,
  });
  const codeOf = (refused: Promise<unknown>) =>
    refused.then(
      () => undefined,
      (error: unknown) => (error as Refusal).code,
    );
  const ask = (module: TestingModule, sql: string) => module.get(Database).query<Record<string, unknown>>(sql);

  beforeAll(async () => {
    Logger.overrideLogger(false);
    [postgres, lab] = await Promise.all([startTestPostgres(), ScriptedProvider.start()]);
    lab.answer = ({ path }) => (path.endsWith('/models') ? openAiChat.models('small', 'large') : openAiChat.text(['Yes.']));
  });
  afterEach(async () => {
    for (const module of replicas.splice(0)) {
      await ask(module, 'truncate provider, seal_canary, setting');
      await module.close();
    }
    lab.requests.length = 0;
  });
  afterAll(async () => {
    await lab.stop();
    await postgres.stop();
  });

  it('stores secrets sealed, and opens them for the provider only', async () => {
    const { module, directory, registry } = await ready();
    const made = await directory.create(request());
    expect(made).toMatchObject({ key_hint: 'f3a1', headers: ['x-team'], query: ['api-version'], state: { healthy: true } });
    expect(JSON.stringify([made, await directory.list()])).not.toMatch(/canary/);
    const stored = JSON.stringify(await ask(module, 'select * from provider'));
    expect(stored).toContain('"lab"');
    expect(stored).not.toMatch(/canary/);
    const { languageModel } = await registry.resolve('lab', 'large');
    for await (const part of languageModel.stream({ messages: [{ role: 'user', content: 'Hi' }] }, AbortSignal.timeout(5_000))) void part;
    const asked = lab.requests.at(-1);
    expect(asked?.headers).toMatchObject({ authorization: `Bearer ${KEY}`, 'x-team': 'canary-header' });
    expect(asked?.query.get('api-version')).toBe('canary-query');
  });

  it('lets one of many that come at once have an id', async () => {
    const { directory } = await ready();
    const codes = await Promise.all(Array.from({ length: 8 }, () => codeOf(directory.create(request()))));
    expect(codes.filter((code) => code === undefined)).toHaveLength(1);
    expect(codes.filter((code) => code === 'provider_exists')).toHaveLength(7);
  });

  it('forgets what was given for another host, and never puts a key beside an address of another change', async () => {
    const { module, directory } = await ready();
    await directory.create(request());
    const elsewhere = 'https://elsewhere.example/v1';
    const moved = await directory.update('lab', { base_url: elsewhere });
    expect(moved).toMatchObject({ secrets_cleared: true, provider: { key_hint: null, headers: [], query: [] } });
    expect(await ask(module, 'select api_key, key_hint, headers, query from provider')).toEqual([
      { api_key: null, key_hint: null, headers: null, query: null },
    ]);
    await directory.update('lab', { base_url: lab.baseUrl, api_key: KEY });
    await Promise.all([directory.update('lab', { base_url: elsewhere }), directory.update('lab', { name: 'Renamed' })]);
    const [row] = await ask(module, 'select base_url, api_key from provider');
    expect(row?.['base_url'] === elsewhere ? row['api_key'] : null).toBeNull();
  });

  it('leaves those of the environment as they are', async () => {
    const { directory } = await ready();
    expect((await directory.list()).providers).toMatchObject([{ id: 'fixed', origin: 'environment', key_hint: 'f3a1' }]);
    const codes = await Promise.all([
      codeOf(directory.create(request({ id: 'fixed' }))),
      codeOf(directory.update('fixed', { name: 'Other' })),
      codeOf(directory.remove('fixed')),
      codeOf(directory.update('nowhere', {})),
      codeOf(directory.remove('nowhere')),
    ]);
    expect(codes).toEqual([
      'provider_exists',
      'provider_not_editable',
      'provider_not_editable',
      'provider_not_found',
      'provider_not_found',
    ]);
    const test = await directory.testStored('fixed', { base_url: 'http://127.0.0.1:1' }, AbortSignal.timeout(5_000));
    expect(test).toMatchObject({ ok: true, model: 'one', answer: 'Yes.' });
  });

  it('is heard by other replicas at once', async () => {
    const [here, there] = [await ready(), await ready()];
    const known = async () => {
      // What is known already comes without a turn of the event loop, in which the notice would arrive.
      await new Promise((resolve) => setImmediate(resolve));
      return [...(await there.registry.states()).keys()];
    };
    expect(await known()).toEqual(['fixed']);
    await here.directory.create(request());
    while (!(await known()).includes('lab'));
    await here.directory.update('lab', { enabled: false });
    while ((await known()).includes('lab'));
    expect((await there.directory.list()).providers[1]).toMatchObject({ id: 'lab', enabled: false, state: null });
    await here.directory.remove('lab');
    expect((await there.directory.list()).providers).toHaveLength(1);
  });

  it('works on under a new master key, and not under another', async () => {
    const { directory } = await ready(FIRST);
    await directory.create(request());
    const wrong = await start(SECOND);
    await expect(wrong.get(Sealer).start()).rejects.toThrow(WrongMasterKeyError);
    await expect(wrong.get(ProviderDirectory).create(request({ id: 'other' }))).rejects.toThrow(WrongMasterKeyError);
    const rotated = await start(SECOND, FIRST);
    // Key, headers, query and the canary.
    expect(await rotated.get(Sealer).start()).toBe(4);
    expect(await rotated.get(Sealer).start()).toBe(0);
    const after = await ready(SECOND);
    expect((await after.directory.list()).providers[1]).toMatchObject({ id: 'lab', locked: false, key_hint: 'f3a1' });
    await after.directory.testStored('lab', {}, AbortSignal.timeout(5_000));
    expect(lab.requests.at(-1)?.headers.authorization).toBe(`Bearer ${KEY}`);
  });

  it('puts a provider out of use whose key cannot be opened, and no other, until it gets a new one', async () => {
    const { module, directory } = await ready();
    await directory.create(request());
    await directory.create(request({ id: 'twin' }));
    await ask(module, `update provider set api_key = (select api_key from provider where id = 'twin') where id = 'lab'`);
    const restarted = await ready();
    const states = async () => (await restarted.directory.list()).providers.map(({ id, locked, state }) => [id, locked, state?.healthy]);
    expect(await states()).toEqual([
      ['fixed', false, true],
      ['lab', true, false],
      ['twin', false, true],
    ]);
    expect([...(await restarted.registry.states()).keys()]).toEqual(['fixed', 'twin']);
    await restarted.directory.update('lab', { api_key: KEY });
    expect((await states())[1]).toEqual(['lab', false, true]);
  });

  it('writes down who changed what, and no secret', async () => {
    const { module } = await ready();
    const controller = module.get(ProvidersController);
    const who = { ...LOCAL_USER, ip: '192.0.2.1' };
    await controller.create(who, { ...request(), headers: null, query: null, models: null, times: {} });
    await controller.update(who, 'lab', { name: 'Renamed', base_url: 'https://elsewhere.example' });
    await controller.remove(who, 'lab');
    const entries = await ask(module, 'select action, target, detail, ip from audit order by id');
    expect(entries.map(({ action, detail, ip }) => [action, detail, ip])).toEqual([
      ['provider.create', null, '192.0.2.1'],
      ['provider.change', 'name, base_url; secrets forgotten', '192.0.2.1'],
      ['provider.remove', null, '192.0.2.1'],
    ]);
    expect(entries.every(({ target }) => target === 'provider:lab')).toBe(true);
    expect(JSON.stringify(entries)).not.toMatch(/canary/);
  });
});
