import { type ProviderSettings } from '../provider-settings';

/** Everything that must not appear in a log. */
export function secretsOf(provider: ProviderSettings): readonly string[] {
  return [
    ...(provider.apiKey === undefined ? [] : [provider.apiKey]),
    ...Object.values(provider.headers ?? {}),
    ...Object.values(provider.query ?? {}),
  ];
}

/** `{base}/{path}` with what the operator adds to every URL. */
export function endpoint(provider: ProviderSettings, path: string): URL {
  const url = new URL(provider.baseUrl);
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/${path}`;
  for (const [name, value] of Object.entries(provider.query ?? {})) url.searchParams.set(name, value);
  return url;
}

/** The same for a protocol whose paths begin with their version, which people write into the base URL or leave out. */
export function versionedEndpoint(provider: ProviderSettings, version: string, path: string): URL {
  const isThere = /\/v\d[^/]*(\/|$)/.test(new URL(provider.baseUrl).pathname);
  return endpoint(provider, isThere ? path : `${version}/${path}`);
}

/** The vendor's headers (those without a value are left out), and the operator's own, which win. */
export function headersFor(provider: ProviderSettings, vendor: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const given = Object.entries(vendor).filter((header): header is [string, string] => header[1] !== undefined && header[1] !== '');
  const own = Object.entries(provider.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value] as const);
  return Object.fromEntries([...given, ...own]);
}

/** `Bearer` and the key, if there is one. */
export function bearer({ apiKey }: ProviderSettings): string | undefined {
  return apiKey === undefined || apiKey === '' ? undefined : `Bearer ${apiKey}`;
}
