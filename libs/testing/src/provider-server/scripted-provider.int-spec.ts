import { connect } from 'node:net';
import { request } from 'node:http';
import { openAiChat } from './open-ai-chat';
import { ScriptedProvider } from './scripted-provider';

describe('ScriptedProvider', () => {
  let provider: ScriptedProvider;

  beforeEach(async () => {
    provider = await ScriptedProvider.start();
  });
  afterEach(() => provider.stop());

  it('answers from the queue and records what was asked', async () => {
    provider.enqueue(openAiChat.text(['Hel', 'lo']), openAiChat.error(429, { code: 'slow_down' }, { 'retry-after': '2' }));
    const first = await fetch(`${provider.baseUrl}/chat/completions?a=b`, {
      method: 'POST',
      body: '{"q":1}',
      headers: { 'x-test': 'yes' },
    });
    expect(await first.text()).toContain('"delta":{"content":"Hel"}');
    const second = await fetch(`${provider.baseUrl}/models`);
    expect([second.status, second.headers.get('retry-after'), await second.json()]).toEqual([
      429,
      '2',
      { error: { message: 'Scripted failure', code: 'slow_down' } },
    ]);
    const [asked] = provider.requests;
    expect(asked).toMatchObject({
      method: 'POST',
      path: '/v1/chat/completions',
      body: '{"q":1}',
      json: { q: 1 },
      connection: 1,
      leftEarly: false,
    });
    expect([asked?.query.get('a'), asked?.headers['x-test']]).toEqual(['b', 'yes']);
  });

  it('splits a body into single bytes', async () => {
    provider.enqueue(openAiChat.raw('data: é\n\n', 'bytes'));
    const sizes: number[] = [];
    const answer = await fetch(provider.origin);
    for await (const chunk of answer.body ?? []) sizes.push(chunk.byteLength);
    expect(sizes.reduce((sum, size) => sum + size)).toBe(10);
    expect(sizes.length).toBeGreaterThan(1);
  });

  it.each([
    ['reset', 'ECONNRESET'],
    ['cut', 'ECONNRESET'],
  ] as const)('can %s the connection in the middle', async (how, code) => {
    provider.enqueue({ steps: [{ write: 'half' }, how === 'reset' ? { reset: true } : { cut: true }] });
    const outcome = await new Promise((resolve) => {
      const report = (error: NodeJS.ErrnoException) => resolve(error.code);
      request(provider.origin, (answer) => answer.on('error', report).resume())
        .on('error', report)
        .end();
    });
    expect(outcome).toBe(code);
    expect((await provider.request(0)).leftEarly).toBe(false);
  });

  it('notices when the client leaves a stalled answer', async () => {
    provider.enqueue(openAiChat.text(['a'], { then: [{ stall: true }] }));
    const abort = new AbortController();
    const answer = await fetch(provider.origin, { signal: abort.signal });
    await answer.body?.getReader().read();
    abort.abort();
    const asked = await provider.request(0);
    await asked.closed;
    expect(asked.leftEarly).toBe(true);
  });

  it('waits at a hold until the test releases it', async () => {
    provider.enqueue({ steps: [{ hold: true }, { write: 'go' }] });
    const answer = fetch(provider.origin).then((reply) => reply.text());
    (await provider.request(0)).release();
    expect(await answer).toBe('go');
  });

  it('heeds back-pressure in an endless answer', async () => {
    provider.enqueue({ steps: [{ write: Buffer.alloc(65_536), times: Infinity }] });
    const socket = connect(provider.port, '127.0.0.1').pause();
    socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
    const asked = await provider.request(0);
    socket.destroy();
    await asked.closed;
    expect(asked.bytesWritten).toBeLessThan(64 * 1024 * 1024);
  });
});
