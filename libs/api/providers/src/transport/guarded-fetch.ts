import { fetch } from 'undici';
import { type NetworkSettings } from './network-settings';
import { WayOut } from './way-out';

/** What a call says of itself, as those who call through it write it. */
export interface GuardedCall {
  readonly method?: string;
  readonly headers?: Headers | Readonly<Record<string, string>>;
  readonly body?: string | URLSearchParams | Uint8Array | ArrayBuffer | ReadableStream | null | undefined;
  readonly signal?: AbortSignal;
}

/**
 * `fetch` on the way that calls to providers take: through the company's proxy, with its certificates, and never to link-local or metadata addresses. For addresses
 * that the operator set. Redirects are not followed.
 */
export class GuardedFetch {
  readonly #wayOut: WayOut;

  constructor(network: NetworkSettings = {}) {
    this.#wayOut = new WayOut({ network });
  }

  async fetch(url: string, { method, headers, body, signal }: GuardedCall = {}): Promise<Response> {
    return fetch(url, {
      dispatcher: await this.#wayOut.to(new URL(url)),
      redirect: 'manual',
      ...(method === undefined ? {} : { method }),
      ...(headers === undefined ? {} : { headers: headers instanceof Headers ? [...headers] : headers }),
      ...(body == null ? {} : { body }),
      ...(signal === undefined ? {} : { signal }),
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#wayOut.close();
  }
}
