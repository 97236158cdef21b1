import { Test } from '@nestjs/testing';
import { collectAnswer, openAiChat, ScriptedProvider, type ScriptedAnswer, type ScriptedRequest } from '@echo/testing';
import { PROVIDERS_DEFAULTS, type ProviderSettings, type ProvidersSettings } from '../provider-settings';
import { ProvidersModule } from '../providers.module';
import { RETRY_POLICY } from '../stream/retries';
import { ModelRegistry } from './model-registry';
import { UnknownModelError, UnknownProviderError } from './unknown-name-errors';

const never = new AbortController().signal;
const quiet: ProvidersSettings = { ...PROVIDERS_DEFAULTS, discoverLocal: false, guideChunksPerSecond: 0 };

describe('ModelRegistry', () => {
  let server: ScriptedProvider;
  let listing: ScriptedAnswer;
  let clock = 0;
  const open: ModelRegistry[] = [];

  beforeEach(async () => {
    server = await ScriptedProvider.start();
    listing = openAiChat.models('small', 'large', 'text-embedding-3', 'tagged:latest', 'vendor/model');
    server.answer = (request) => (isListing(request) ? listing : undefined);
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((registry) => registry.onApplicationShutdown()));
    await server.stop();
  });

  const isListing = ({ path }: ScriptedRequest) => path.endsWith('/models');
  const settingsOf = (id: string, more: Partial<ProviderSettings> = {}): ProviderSettings => ({
    id,
    name: id.toUpperCase(),
    wire: 'openai-chat',
    baseUrl: server.baseUrl,
    ...more,
  });

  function registry(settings: Partial<ProvidersSettings> = {}): ModelRegistry {
    const retryPolicy = { ...RETRY_POLICY, wait: () => Promise.resolve() };
    const created = new ModelRegistry({ ...quiet, ...settings }, { retryPolicy, now: () => clock });
    open.push(created);
    return created;
  }

  async function resolved(of: ModelRegistry, provider?: string | null, model?: string | null): Promise<string> {
    const { provider: chosen, model: name, languageModel } = await of.resolve(provider, model);
    expect(languageModel.id).toBe(`${chosen}/${name}`);
    return languageModel.id;
  }

  describe('with nothing configured', () => {
    it('has the Guide, and only it', async () => {
      const nothing = registry();
      expect(await nothing.list()).toEqual({
        providers: [{ id: 'guide', name: 'Guide', kind: 'guide', healthy: true, problem: null, default_model: 'guide' }],
        default_model: 'guide/guide',
        discovered: [],
      });
      expect((await nothing.models()).models.map(({ id }) => id)).toEqual(['guide']);
      expect([
        await resolved(nothing),
        await resolved(nothing, null, null),
        await resolved(nothing, 'guide'),
        await resolved(nothing, null, 'guide/guide'),
      ]).toEqual(Array(4).fill('guide/guide'));
    });

    it('does not answer for a model that somebody named', async () => {
      await expect(registry().resolve(null, 'gpt-4o')).rejects.toThrow(new UnknownModelError('gpt-4o', 'The built-in Guide', ['guide']));
    });
  });

  it('lists the Guide last once something is configured, and still resolves it', async () => {
    const one = registry({ providers: [settingsOf('one', { models: ['small'] })] });
    expect((await one.list()).providers.map(({ id }) => id)).toEqual(['one', 'guide']);
    expect(await resolved(one, null, 'guide/guide')).toBe('guide/guide');
  });

  describe('resolving', () => {
    it.each([
      [null, null, 'one/small'],
      ['', '', 'one/small'],
      ['one', null, 'one/small'],
      ['two', null, 'two/pair'],
      [null, 'large', 'one/large'],
      [null, 'one/large', 'one/large'],
      ['one', 'one/large', 'one/large'],
      [null, 'two/pair', 'two/pair'],
      [null, 'pair', 'two/pair'],
      [null, 'vendor/model', 'one/vendor/model'],
      [null, 'one/vendor/model', 'one/vendor/model'],
      [null, 'tagged', 'one/tagged:latest'],
      ['one', 'default', 'one/small'],
    ])('takes provider %j and model %j for %s', async (provider, model, expected) => {
      const both = registry({ providers: [settingsOf('one'), settingsOf('two', { models: ['pair', 'vendor/model'] })] });
      expect(await resolved(both, provider, model)).toBe(expected);
    });

    it('names the providers that there are', async () => {
      const one = registry({ providers: [settingsOf('one')] });
      await expect(one.resolve('nope')).rejects.toThrow(new UnknownProviderError('nope', ['one', 'guide']));
      await expect(one.models('nope')).rejects.toThrow('There is no provider "nope". There are: one, guide.');
    });

    it.each([
      ['one', 'nope'],
      [null, 'nope'],
      [null, 'one/nope'],
      [null, 'nope/large'],
      ['two', 'large'],
    ])('names the models that there are, for provider %j and model %j', async (provider, model) => {
      const both = registry({ providers: [settingsOf('one'), settingsOf('two', { models: ['pair'] })] });
      await expect(both.resolve(provider, model)).rejects.toThrow(UnknownModelError);
      await expect(both.resolve(provider, model)).rejects.toThrow(
        provider === 'two' ? 'It has: pair.' : 'It has: small, large, tagged:latest, vendor/model.',
      );
    });

    it('takes the default of the operator', async () => {
      const providers = [settingsOf('one'), settingsOf('two', { models: ['pair', 'other'], defaultModel: 'other' })];
      expect(await resolved(registry({ providers, defaultModel: 'two/pair' }))).toBe('two/pair');
      expect(await resolved(registry({ providers, defaultModel: 'large' }))).toBe('one/large');
      expect(await resolved(registry({ providers }), 'two')).toBe('two/other');
      expect((await registry({ providers, defaultModel: 'pair' }).list()).default_model).toBe('two/pair');
    });

    it.each([
      ['does not list', openAiChat.error(404)],
      ['is broken', openAiChat.error(500)],
      ['sends a page', { steps: [{ write: '<html>' }] }],
    ])('lets any name through while the provider %s', async (_, answer) => {
      listing = answer;
      expect(await resolved(registry({ providers: [settingsOf('one')] }), null, 'one/anything')).toBe('one/anything');
    });

    it('knows a default for OpenAI without asking', async () => {
      // The listing is asked for at a closed port.
      const openai = settingsOf('openai', { baseUrl: 'https://api.openai.com:1/v1', models: undefined });
      const { provider, model } = await registry({ providers: [openai], connectTimeoutMs: 50 }).resolve();
      expect([provider, model]).toEqual(['openai', 'gpt-4o-mini']);
    });

    it('chooses the model when it is asked, where the provider was away before', async () => {
      listing = openAiChat.error(503);
      const one = registry({ providers: [settingsOf('one')] });
      const { model, languageModel } = await one.resolve();
      expect([model, (await one.list()).default_model]).toEqual(['default', 'one/default']);
      expect((await collectAnswer(languageModel.stream({ messages: [] }, never))).error).toMatchObject({ kind: 'overloaded' });
      listing = openAiChat.models('large');
      clock += 60_000;
      server.enqueue(openAiChat.text(['Hello']));
      expect((await collectAnswer(languageModel.stream({ messages: [] }, never))).text).toBe('Hello');
      expect(server.requests.at(-1)?.json.model).toBe('large');
    });
  });

  describe('listing', () => {
    it('shows the models to chat with, and what each can read', async () => {
      const data = [
        { id: 'a', context_length: 8192 },
        { id: 'b', meta: { n_ctx_train: 4096 } },
        { id: 'b2', meta: { n_ctx: 2048, n_ctx_train: 4096 } },
        { id: 'c', max_model_len: 'x' },
        { id: 'embed-x' },
        { id: 7 },
      ];
      listing = { steps: [{ write: JSON.stringify({ models: [{ name: 'other' }], data }) }] };
      const { models, problems } = await registry({ providers: [settingsOf('one')] }).models('one');
      expect(models.map(({ id, context_length }) => [id, context_length])).toEqual([
        ['a', 8192],
        ['b', 4096],
        ['b2', 2048],
        ['c', null],
      ]);
      expect(problems).toEqual([]);
    });

    it('asks once a minute', async () => {
      const one = registry({ providers: [settingsOf('one')] });
      await Promise.all([one.list(), one.models(), one.resolve()]);
      clock += 59_999;
      await one.list();
      expect(server.requests).toHaveLength(1);
      clock += 1;
      await one.list();
      expect(server.requests).toHaveLength(2);
    });

    it('keeps the models while the provider is away, and says so', async () => {
      const one = registry({ providers: [settingsOf('one', { apiKey: 'secret-key-1' })] });
      await one.list();
      listing = openAiChat.error(401, { message: 'bad secret-key-1' });
      clock += 60_000;
      const { models, problems } = await one.models('one');
      expect(models.map(({ id }) => id)).toContain('small');
      expect(problems).toEqual([
        { provider: 'one', problem: 'ONE refused the key. An administrator must check the key of this provider.' },
      ]);
      expect((await one.list()).providers[0]).toMatchObject({ healthy: false, problem: problems[0]?.problem, default_model: 'small' });
      expect(await resolved(one, null, 'one/large')).toBe('one/large');
    });

    it('shows only what the operator allows', async () => {
      const one = registry({ providers: [settingsOf('one', { models: ['large'] })] });
      expect((await one.models()).models.map(({ id }) => id)).toEqual(['large', 'guide']);
      await expect(one.resolve('one', 'small')).rejects.toThrow(UnknownModelError);
    });

    it('says when a provider does not list', async () => {
      listing = openAiChat.error(404);
      const one = registry({ providers: [settingsOf('one')] });
      expect((await one.models('one')).problems).toEqual([
        { provider: 'one', problem: 'ONE does not list its models: write the name of one.' },
      ]);
      expect((await one.list()).providers[0]).toMatchObject({ healthy: true, default_model: null });
    });
  });

  describe('asking', () => {
    it('retries, limits and times every model', async () => {
      server.enqueue(openAiChat.error(503), openAiChat.text(['Hel', 'lo']));
      const { languageModel } = await registry({ providers: [settingsOf('one', { models: ['m'] })], maxOutputChars: 4 }).resolve();
      const { parts, text } = await collectAnswer(languageModel.stream({ messages: [] }, never));
      expect(parts[0]).toMatchObject({ type: 'status', status: 'retrying', reason: 'provider_overloaded' });
      expect([text, parts.at(-1)]).toEqual(['Hell', { type: 'finish', reason: 'length' }]);
    });

    it.each([
      ['never answers', { steps: [{ stall: true }] }, 'firstContentTimeoutMs', 'sent nothing'],
      ['sends headers only', { steps: [{ write: '' }, { stall: true }] }, 'firstContentTimeoutMs', 'sent nothing'],
      [
        'sends comments only',
        { steps: [{ write: ': ping\n\n' }, { wait: 5 }, { write: ': ping\n\n', times: 9 }, { stall: true }] },
        'firstContentTimeoutMs',
        'sent nothing',
      ],
      ['falls silent', openAiChat.text(['a'], { then: [{ stall: true }] }), 'idleTimeoutMs', 'fell silent'],
      ['goes on for too long', openAiChat.text(Array<string>(500).fill('a'), { pace: 10 }), 'totalTimeoutMs', 'did not finish'],
    ] as const)('gives up on a provider that %s, and hangs up', async (_, answer, timeout, sentence) => {
      server.enqueue(answer);
      const { languageModel } = await registry({ providers: [settingsOf('one', { models: ['m'] })], [timeout]: 60 }).resolve();
      const { error } = await collectAnswer(languageModel.stream({ messages: [] }, never));
      expect(error).toMatchObject({ kind: 'timeout', message: expect.stringContaining(sentence) });
      const request = await server.request(0);
      await request.closed;
      expect([request.leftEarly, server.requests.length]).toEqual([true, 1]);
    });

    it('lets the Guide stall until its silence is too long', async () => {
      const { languageModel } = await registry({ idleTimeoutMs: 40 }).resolve('guide');
      const { error, text } = await collectAnswer(languageModel.stream({ messages: [{ role: 'user', content: '/demo stall' }] }, never));
      expect([text.length > 0, (error as { kind: string }).kind]).toEqual([true, 'timeout']);
    });
  });

  it('tells the Guide what is configured, and never a value', async () => {
    const one = registry({ providers: [settingsOf('one', { apiKey: 'secret-key-1', headers: { 'x-a': 'secret-2' } })] });
    const { languageModel } = await one.resolve('guide');
    const { text } = await collectAnswer(languageModel.stream({ messages: [{ role: 'user', content: '/setup' }] }, never));
    expect(text).toContain('**ONE** (`one`): ready, default model `small`');
    expect(text).not.toContain('secret');
    expect(text).not.toContain(server.origin);
  });

  it('comes out of the module and goes down with the application', async () => {
    const module = await Test.createTestingModule({
      imports: [ProvidersModule.register({ ...quiet, providers: [settingsOf('one')], localServerPorts: [] })],
    }).compile();
    await module.init();
    await server.request(0);
    expect((await module.get(ModelRegistry).list()).providers[0]).toMatchObject({ id: 'one', healthy: true });
    await module.close();
    const { error } = await collectAnswer(
      (await module.get(ModelRegistry).resolve('one', 'small')).languageModel.stream({ messages: [] }, never),
    );
    expect(error).toMatchObject({ kind: 'network' });
  });
});
