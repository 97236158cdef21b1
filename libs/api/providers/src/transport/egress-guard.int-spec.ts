import { collectAnswer, openAiChat, ScriptedProvider } from '@echo/testing';
import { type EgressPolicy } from './egress-guard';
import { HttpTransport } from './http-transport';

const never = new AbortController().signal;

describe('the egress guard at connect', () => {
  let provider: ScriptedProvider;

  beforeEach(async () => {
    provider = await ScriptedProvider.start();
  });
  afterEach(() => provider.stop());

  const noLoopback: EgressPolicy = { allows: (address) => address !== '127.0.0.1' && address !== '::1' };

  it.each(['127.0.0.1', 'localhost', '127.1', '2130706433', '0x7f000001'])(
    'connects to %s only where the policy allows its address',
    async (host) => {
      const url = new URL(`http://${host}:${provider.port}/`);
      const call = { provider: 'Test AI', method: 'GET' as const, url, headers: {} };
      const closed = new HttpTransport({ egress: noLoopback });
      await expect(closed.send(call, never)).rejects.toMatchObject({ kind: 'network', logDetail: 'EGRESS_REFUSED' });
      expect(provider.connections).toBe(0);
      const open = new HttpTransport();
      provider.enqueue(openAiChat.raw('hello'));
      const { body } = await open.send(call, never);
      expect(await body.text(100)).toBe('hello');
      await Promise.all([closed.close(), open.close()]);
    },
  );
});

it('gives up connecting in time', async () => {
  // TEST-NET-1 answers nobody; where the network says so at once, that is a network failure too.
  const transport = new HttpTransport({ connectTimeoutMs: 50 });
  const url = new URL('http://192.0.2.1/');
  const { error } = await collectAnswer(
    (async function* () {
      await transport.send({ provider: 'Test AI', method: 'GET', url, headers: {} }, never);
      yield { type: 'never' };
    })(),
  );
  expect(error).toMatchObject({ kind: 'network' });
  await transport.close();
});
