import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Functions of a V8 CPU profile by the time spent in themselves: `{ name, place, selfMs, share }`, the longest first. Idle time counts for
 * nothing, and neither does what was before `from`, in milliseconds of the monotonic clock, which is V8's too.
 */
export function topFunctions({ nodes, samples, timeDeltas, startTime }, root, from) {
  const selfUs = new Map();
  let at = startTime;
  for (const [index, id] of samples.entries()) {
    at += timeDeltas[index];
    if (at >= from * 1_000) selfUs.set(id, (selfUs.get(id) ?? 0) + timeDeltas[index]);
  }
  const functions = new Map();
  for (const { id, callFrame } of nodes) {
    if (callFrame.functionName === '(idle)') continue;
    const place = placeOf(callFrame, root);
    const key = `${callFrame.functionName} ${place}`;
    const entry = functions.get(key) ?? { name: callFrame.functionName || '(anonymous)', place, selfMs: 0 };
    entry.selfMs += (selfUs.get(id) ?? 0) / 1_000;
    functions.set(key, entry);
  }
  const all = [...functions.values()];
  const total = all.reduce((sum, { selfMs }) => sum + selfMs, 0);
  return all.map((each) => ({ ...each, share: each.selfMs / total })).sort((a, b) => b.selfMs - a.selfMs);
}

/** The same time by package, or by library of ours: where it is worth looking. */
export function topOwners(functions) {
  const owners = new Map();
  for (const { place, name, share } of functions) owners.set(ownerOf(place, name), (owners.get(ownerOf(place, name)) ?? 0) + share);
  return [...owners].sort(([, a], [, b]) => b - a);
}

function placeOf({ url, lineNumber }, root) {
  const path = url.startsWith('file:') ? fileURLToPath(url) : url;
  return path === '' ? '' : `${path.startsWith(root) ? relative(root, path) : path}:${lineNumber + 1}`;
}

function ownerOf(place, name) {
  if (place === '') return name;
  if (place.startsWith('node:')) return 'node';
  return /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(place)?.[1] ?? place.split('/').slice(0, 3).join('/');
}
