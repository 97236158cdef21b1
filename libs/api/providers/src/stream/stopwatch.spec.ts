import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { ProviderError } from '../errors/provider-error';
import { Stopwatch } from './stopwatch';

const caller = new AbortController().signal;

describe('a stopwatch', () => {
  it('expires when no sign of life comes, and says so', async () => {
    const watch = new Stopwatch(10, 'It fell silent.');
    await once(watch.signal, 'abort');
    expect(watch.verdict(new ProviderError('aborted', 'Aborted.'), caller)).toMatchObject({ kind: 'timeout', message: 'It fell silent.' });
  });

  it('does not while it is paused, nor after it was stopped', async () => {
    const [paused, stopped] = [new Stopwatch(10, ''), new Stopwatch(10, '')];
    paused.pause();
    stopped.stop();
    await delay(40);
    expect([paused.signal.aborted, stopped.signal.aborted]).toEqual([false, false]);
  });

  it('counts what came while this process slept, and not the sleep', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const reader = connect((server.address() as AddressInfo).port, '127.0.0.1');
    const [[writer]] = (await Promise.all([once(server, 'connection'), once(reader, 'connect')])) as [[typeof reader], unknown];
    try {
      const watch = new Stopwatch(100, '');
      reader.on('data', () => watch.restart());
      // After the sockets were looked at, and just before the timers are.
      await new Promise<void>((resolve) => {
        setImmediate(() => {
          writer.write('a sign');
          for (const since = performance.now(); performance.now() - since < 200;);
          resolve();
        });
      });
      await delay(20);
      expect(watch.signal.aborted).toBe(false);
      await once(watch.signal, 'abort');
    } finally {
      reader.destroy();
      server.close();
    }
  });
});
