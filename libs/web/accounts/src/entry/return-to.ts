/** Any origin: only whether an address stays on it counts. */
const HERE = 'http://here.invalid';

/** Where to go after signing in: a path of this application, whatever the address asked for. */
export function returnTo(wanted: string | null): string {
  if (wanted === null || !wanted.startsWith('/')) return '/';
  try {
    const { origin, pathname, search, hash } = new URL(wanted, HERE);
    return origin === HERE ? pathname + search + hash : '/';
  } catch {
    // Not an address at all.
    return '/';
  }
}
