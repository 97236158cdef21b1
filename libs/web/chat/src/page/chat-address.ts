import { type UrlMatcher, UrlSegment } from '@angular/router';

/**
 * Matches `/` and `/c/123`. One matcher, hence one route, hence one page: it survives the move from `/` to `/c/123` while
 * the first answer is being written.
 */
export const chatAddress: UrlMatcher = (segments) => {
  if (segments.length === 0) return { consumed: [] };
  const [prefix, id] = segments;
  if (segments.length !== 2 || prefix?.path !== 'c' || id === undefined || !isId(id.path)) return null;
  return { consumed: segments, posParams: { id: new UrlSegment(id.path, {}) } };
};

function isId(path: string): boolean {
  return /^[1-9]\d{0,15}$/.test(path) && Number.isSafeInteger(Number(path));
}
