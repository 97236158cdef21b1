import { startChild } from './child-server.mjs';
import { fetchJson } from './http-client.mjs';

/** Starts the provider, on another address of this machine if one is given; `url` then names its port alone. It ends with us. */
export async function startProvider(host) {
  const { url, pid } = await startChild('provider.mjs', host === undefined ? [] : [host]);
  return {
    url,
    pid,
    /** When the pieces of each answer since the last call were written, by the answer's id. */
    takeSentTimes: () => fetchJson(`${url}/bench/sent`),
    /** Lets the answers that are on hold go on. */
    release: () => fetchJson(`${url}/bench/release`, { method: 'POST' }),
  };
}
