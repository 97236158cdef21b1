/** Milliseconds of the machine's monotonic clock: the same in every process, so that times of two processes can be subtracted. */
export function now() {
  return Number(process.hrtime.bigint()) / 1e6;
}
