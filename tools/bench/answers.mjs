// What the benchmark's provider says. Provider and client make the same text on their own, so that every piece can be compared.

/** What one prompt asks the provider for. `hold`: after the first piece it waits to be released. */
export const PACE = { minMs: 20, maxMs: 30 };

/** The prompt that orders an answer of `deltas` pieces, `minMs` to `maxMs` apart. */
export function promptFor({ id, deltas, minMs = PACE.minMs, maxMs = PACE.maxMs, hold = false }) {
  return JSON.stringify({ id, deltas, minMs, maxMs, hold });
}

/** Piece `index` of answer `id`. No other piece of any answer is like it, so that a lost, doubled or foreign one shows. */
export function pieceOf(id, index) {
  return `${id}.${index} `;
}

/** How many pieces of answer `id` are missing in `text`, and how many are there that should not be. Pieces in the wrong order count as both. */
export function comparePieces(id, deltas, text) {
  const expected = Array.from({ length: deltas }, (_, index) => pieceOf(id, index));
  if (text === expected.join('')) return { lost: 0, doubled: 0 };
  const found = text === '' ? [] : text.split(/(?<= )/);
  let next = 0;
  let doubled = 0;
  for (const piece of found) {
    const at = expected.indexOf(piece, next);
    if (at < 0) doubled++;
    else next = at + 1;
  }
  const lost = deltas - (found.length - doubled);
  return { lost, doubled };
}
