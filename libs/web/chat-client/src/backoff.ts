const FIRST_MS = 250;
const LONGEST_MS = 8_000;

/** Milliseconds to wait before try number `failures` + 1: 0.25 s doubled up to 8 s, the upper half of it by chance so that clients do not come back in step. */
export function backoffMs(failures: number, random: () => number = Math.random): number {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures, 16));
  return Math.round(ceiling / 2 + (ceiling / 2) * random());
}
