import { getCACertificates } from 'node:tls';
import { Agent, ProxyAgent, type Dispatcher } from 'undici';
import { checkHost, type EgressPolicy, guardedConnector, OPERATOR_EGRESS } from './egress-guard';
import { type NetworkSettings } from './network-settings';
import { goesStraight } from './no-proxy';

export interface WayOutOptions {
  /** Milliseconds for name, connection and TLS together. */
  readonly connectTimeoutMs?: number;
  readonly egress?: EgressPolicy;
  readonly network?: NetworkSettings;
}

/** How calls leave this machine: straight to the provider, or through the company's proxy. Both are watched by the egress guard. */
export class WayOut {
  readonly #egress: EgressPolicy;
  readonly #noProxy: string;
  readonly #straight: Agent;
  /** By the protocol of what is called. */
  readonly #proxies: ReadonlyMap<string, ProxyAgent>;

  constructor({ connectTimeoutMs = 5_000, egress = OPERATOR_EGRESS, network = {} }: WayOutOptions) {
    const { httpProxy, httpsProxy, noProxy = '', extraCertificates } = network;
    // Given certificates take the place of the usual ones, so these are given too.
    const trust = extraCertificates === undefined ? {} : { ca: [...getCACertificates('default'), extraCertificates] };
    const tls = { allowH2: false, timeout: connectTimeoutMs, ...trust };
    const patience = { headersTimeout: 0, bodyTimeout: 0, allowH2: false };
    this.#egress = egress;
    this.#noProxy = noProxy;
    this.#straight = new Agent({ ...patience, connect: guardedConnector(egress, tls) });
    const proxy = (uri: string) => new ProxyAgent({ ...patience, uri, connectTimeout: connectTimeoutMs, requestTls: tls, proxyTls: tls });
    this.#proxies = new Map([
      ...(httpProxy === undefined ? [] : [['http:', proxy(httpProxy)] as const]),
      ...(httpsProxy === undefined ? [] : [['https:', proxy(httpsProxy)] as const]),
    ]);
  }

  /** What carries a call to `url`. Throws `EgressRefusedError` where a proxy must not be asked for this host. */
  async to(url: URL): Promise<Dispatcher> {
    const proxy = this.#proxies.get(url.protocol);
    if (proxy === undefined || goesStraight(url, this.#noProxy)) return this.#straight;
    // The proxy connects, so the address is checked before it is asked, and not while.
    await checkHost(this.#egress, url.hostname);
    return proxy;
  }

  /** Ends every connection. */
  async close(): Promise<void> {
    await Promise.all([this.#straight, ...this.#proxies.values()].map((agent) => agent.destroy()));
  }
}
