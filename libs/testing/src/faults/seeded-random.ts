/** Chance that can be repeated: the same seed gives the same numbers. */
export class SeededRandom {
  private state: number;

  constructor(readonly seed: number) {
    this.state = seed >>> 0;
  }

  /** From 0 to below 1. (mulberry32) */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from `min` to `max`, both included. */
  integer(min: number, max: number): number {
    return min + Math.floor(this.next() * (max - min + 1));
  }

  /** One of them. */
  pick<T>(items: readonly T[]): T {
    return items[this.integer(0, items.length - 1)] as T;
  }

  /** Text in `count` pieces, no two runs of digits alike, so that a lost or doubled piece shows; some are not ASCII. */
  pieces(count: number, name = 'piece'): string[] {
    const ends = [' ', ', ', '.\n', ' ä€ ', ' 👩‍🚀 '];
    return Array.from({ length: count }, (_, index) => `${name}-${index}${this.pick(ends)}`);
  }
}
