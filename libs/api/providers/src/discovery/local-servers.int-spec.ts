import { openAiChat, ScriptedProvider, type ScriptedAnswer } from '@echo/testing';
import { PROVIDERS_DEFAULTS, type LocalServerPort, type ProvidersSettings } from '../provider-settings';
import { HttpTransport } from '../transport/http-transport';
import { LocalServers } from './local-servers';

const json = (body: unknown): ScriptedAnswer => ({
  headers: { 'content-type': 'application/json' },
  steps: [{ write: JSON.stringify(body) }],
});

describe('LocalServers', () => {
  let server: ScriptedProvider;
  let transport: HttpTransport;
  let clock = 0;

  beforeEach(async () => {
    server = await ScriptedProvider.start();
    transport = new HttpTransport();
  });
  afterEach(async () => {
    await transport.close();
    await server.stop();
  });

  function look(kind: LocalServerPort['kind'], settings: Partial<ProvidersSettings> = {}): LocalServers {
    const localServerPorts = [{ port: server.port, kind }];
    const all = { ...PROVIDERS_DEFAULTS, localServerPorts, ...settings };
    const configured = () => all.providers.map(({ baseUrl }) => baseUrl);
    return new LocalServers(all, transport, configured, () => clock);
  }

  it('offers an Ollama with its models and the setting that connects it', async () => {
    server.enqueue(json({ models: [{ name: 'llama3.2:latest' }, { name: 'qwen3:8b' }] }));
    expect(await look('ollama').find()).toEqual([
      {
        name: 'Ollama',
        base_url: server.baseUrl,
        models: ['llama3.2:latest', 'qwen3:8b'],
        connect: { id: 'ollama', wire: 'ollama', base_url: server.origin },
        setting: `OLLAMA_HOST=${server.origin}`,
      },
    ]);
    expect(server.requests[0]?.path).toBe('/api/tags');
  });

  it.each([
    ['llamacpp', 'llama.cpp', 'llama-cpp'],
    ['vllm', 'vLLM', 'vllm'],
  ])('knows a server of %s by its signature', async (owner, name, id) => {
    server.enqueue(json({ object: 'list', data: [{ id: 'm', owned_by: owner }] }));
    const [found] = await look('openai').find();
    expect(found).toMatchObject({ name, base_url: server.baseUrl, models: ['m'] });
    const [setting] = JSON.parse(found?.setting.replace(/^ECHO_PROVIDERS='(.*)'$/, '$1') ?? '');
    expect(setting).toEqual({ id, wire: 'openai-chat', base_url: server.baseUrl });
    expect(found?.connect).toEqual(setting);
  });

  it.each<[string, ScriptedAnswer]>([
    ['a web page', { headers: { 'content-type': 'text/html' }, steps: [{ write: '<html></html>' }] }],
    ['JSON of something else', json({ data: ['a', 'b'] })],
    ['a list of something else', json({ data: [{ name: 'x' }] })],
    ['a refusal', openAiChat.error(401)],
    ['a redirect', { status: 302, headers: { location: '/login' }, steps: [] }],
    ['a connection that breaks', { steps: [{ reset: true }] }],
  ])('does not take %s for a model server', async (_, answer) => {
    server.enqueue(answer);
    expect(await look('openai').find()).toEqual([]);
  });

  it('gives a silent port 300 ms, then hangs up', async () => {
    server.enqueue({ steps: [{ stall: true }] });
    const started = performance.now();
    expect(await look('openai').find()).toEqual([]);
    expect(performance.now() - started).toBeLessThan(1_000);
    const request = await server.request(0);
    await request.closed;
    expect(request.leftEarly).toBe(true);
  });

  it('looks again only after ten seconds', async () => {
    server.answer = () => openAiChat.models('m');
    const servers = look('openai');
    await Promise.all([servers.find(), servers.find()]);
    clock += 9_999;
    await servers.find();
    expect(server.requests).toHaveLength(1);
    clock += 1;
    await servers.find();
    expect(server.requests).toHaveLength(2);
  });

  it.each(['127.0.0.1', 'localhost', '[::1]'])('does not offer what is configured as %s', async (host) => {
    server.answer = () => openAiChat.models('m');
    const providers = [{ id: 'mine', name: 'Mine', wire: 'openai-chat' as const, baseUrl: `http://${host}:${server.port}/v1` }];
    expect(await look('openai', { providers }).find()).toEqual([]);
    expect(server.connections).toBe(0);
  });

  it('does not look when it is switched off', async () => {
    expect(await look('openai', { discoverLocal: false }).find()).toEqual([]);
    expect(server.connections).toBe(0);
  });
});
