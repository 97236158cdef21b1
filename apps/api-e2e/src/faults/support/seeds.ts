/** What `npm run test:faults` was told. */
const { ECHO_FAULT_SEED, ECHO_FAULT_SEEDS, ECHO_FAULT_LONG } = process.env;

/** Seeds of a test whose faults come by chance; the others run once, with the first one. */
export const SEEDS: readonly number[] = ECHO_FAULT_SEED
  ? [Number(ECHO_FAULT_SEED)]
  : Array.from({ length: Number(ECHO_FAULT_SEEDS ?? 2) }, (_, index) => index + 1);

/** Whether outages last as long as the promises say, and not only long enough to be noticed. */
export const IS_LONG = ECHO_FAULT_LONG === '1';

/** The command that repeats a test. */
export function replayCommand(name: string, seed: number): string {
  return `npm run test:faults -- --only=${name.split(' ')[0]} --seed=${seed}${IS_LONG ? ' --long' : ''}`;
}
