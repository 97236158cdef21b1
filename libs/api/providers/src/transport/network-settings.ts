/** What a company's network asks of every call to a provider. */
export interface NetworkSettings {
  /** URL of the proxy for `http:` addresses, and for `https:` ones. A name and a password may stand in it. */
  readonly httpProxy?: string;
  readonly httpsProxy?: string;
  /** Hosts that are called without the proxy, as `NO_PROXY` spells them. This machine always is. */
  readonly noProxy?: string;
  /** Certificate authorities that are trusted beside the usual ones: PEM. */
  readonly extraCertificates?: string;
}
