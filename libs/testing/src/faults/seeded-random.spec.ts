import { SeededRandom } from './seeded-random';

describe('SeededRandom', () => {
  const numbers = (seed: number) => {
    const random = new SeededRandom(seed);
    return Array.from({ length: 1_000 }, () => random.integer(1, 6));
  };

  it('gives the same numbers for the same seed, and others for another', () => {
    expect(numbers(7)).toEqual(numbers(7));
    expect(numbers(7)).not.toEqual(numbers(8));
  });

  it('reaches every number of a range and none outside', () => {
    expect([...new Set(numbers(1))].sort()).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('makes pieces that differ from each other', () => {
    const pieces = new SeededRandom(3).pieces(200);
    expect(new Set(pieces).size).toBe(200);
    expect(pieces).toEqual(new SeededRandom(3).pieces(200));
  });
});
