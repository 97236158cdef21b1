const SCHEMES: readonly string[] = ['http:', 'https:', 'mailto:'];

export interface SafeLink {
  /** Absolute and normalised: what was checked is what the browser gets. */
  readonly href: string;
  /** Where it leads, for a person to read: host (international names as `xn--…`) or mail address. */
  readonly target: string;
}

/** A link that may be followed by a click, or null: other schemes, relative addresses, and what is no address at all. */
export function safeLink(href: string): SafeLink | null {
  const url = URL.parse?.(href) ?? parse(href);
  if (!url || !SCHEMES.includes(url.protocol)) return null;
  return { href: url.href, target: url.protocol === 'mailto:' ? decode(url.pathname) : url.host };
}

function parse(href: string): URL | null {
  try {
    return new URL(href);
  } catch {
    // `URL` tells what is no address only by throwing, and `URL.parse` is younger than some browsers we serve.
    return null;
  }
}

function decode(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    // A stray `%` is no error of ours: the address is shown as it is.
    return address;
  }
}
