/** Items of a batch. */
export const BATCH = 20;

/** `items` in batches. A batch of the very items that it had `before` is the same array: what draws it need not look at it again. */
export function inBatches<T>(items: readonly T[], before: readonly (readonly T[])[] = []): readonly (readonly T[])[] {
  const batches: (readonly T[])[] = [];
  for (let from = 0; from < items.length; from += BATCH) {
    const length = Math.min(BATCH, items.length - from);
    const known = before[batches.length];
    const isSame = known?.length === length && known.every((item, index) => item === items[from + index]);
    batches.push(isSame ? known : items.slice(from, from + length));
  }
  return batches;
}
