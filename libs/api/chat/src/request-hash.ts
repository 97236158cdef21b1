import { createHash } from 'node:crypto';

/** Tells two requests under one key apart. Leaves out `stream`: the same question may be asked again without streaming. */
export function requestHash(route: string, body: object): string {
  const fields = Object.entries(body)
    .filter(([name, value]) => name !== 'stream' && value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([route, fields]))
    .digest('hex');
}
