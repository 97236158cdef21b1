import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { atEnd } from './endings.mjs';
import { fetchJson } from './http-client.mjs';

/** Starts the provider. It ends with us. */
export async function startProvider() {
  const child = fork(join(import.meta.dirname, 'provider.mjs'));
  const exit = once(child, 'exit');
  atEnd(async () => {
    child.kill('SIGTERM');
    await exit;
  });
  const [{ port }] = await Promise.race([once(child, 'message'), exit.then(() => Promise.reject(new Error('The provider ended.')))]);
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    pid: child.pid,
    /** When the pieces of each answer since the last call were written, by the answer's id. */
    takeSentTimes: () => fetchJson(`${url}/bench/sent`),
    /** Lets the answers that are on hold go on. */
    release: () => fetchJson(`${url}/bench/release`, { method: 'POST' }),
  };
}
