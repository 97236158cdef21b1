import { BATCH, inBatches } from './in-batches';

describe('inBatches', () => {
  const items = Array.from({ length: 2 * BATCH + 3 }, (_, index) => ({ index }));

  it('cuts a list into batches and loses nothing', () => {
    const batches = inBatches(items);
    expect(batches.map(({ length }) => length)).toEqual([BATCH, BATCH, 3]);
    expect(batches.flat()).toEqual(items);
    expect(inBatches([])).toEqual([]);
  });

  it('keeps every batch in which nothing has changed', () => {
    const before = inBatches(items);
    const grown = inBatches([...items.slice(0, -1), { index: 0 }, { index: 1 }], before);
    expect(grown.map((batch, index) => batch === before[index])).toEqual([true, true, false]);
    expect(inBatches(items, before)[2]).toBe(before[2]);
  });

  it('keeps the batches before a change in the middle alone', () => {
    const before = inBatches(items);
    const changed = inBatches([...items.slice(0, BATCH + 1), ...items.slice(BATCH + 2)], before);
    expect(changed.map((batch, index) => batch === before[index])).toEqual([true, false, false]);
  });
});
