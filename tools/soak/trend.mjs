// Whether a measured figure grows, and whether that can be told from its own noise.

/** The lowest of each of `count` stretches of the same length: what is left when garbage has been collected. Samples are `{ at, value }`, in order. */
export function floorsOf(samples, count) {
  const [first, last] = [samples[0].at, samples.at(-1).at];
  const length = (last - first) / count || 1;
  const stretches = Map.groupBy(samples, ({ at }) => Math.min(count - 1, Math.floor((at - first) / length)));
  return [...stretches.values()].map((each) => each.reduce((low, sample) => (sample.value < low.value ? sample : low)));
}

/** Slope of the straight line through the samples, per unit of `at`, and its standard error. */
export function trendOf(samples) {
  const count = samples.length;
  const mean = (read) => samples.reduce((sum, sample) => sum + read(sample), 0) / count;
  const [at, value] = [mean((sample) => sample.at), mean((sample) => sample.value)];
  const spread = samples.reduce((sum, sample) => sum + (sample.at - at) ** 2, 0);
  const slope = samples.reduce((sum, sample) => sum + (sample.at - at) * (sample.value - value), 0) / spread;
  const rest = samples.reduce((sum, sample) => sum + (sample.value - value - slope * (sample.at - at)) ** 2, 0);
  return { slope, error: Math.sqrt(rest / Math.max(1, count - 2) / spread) };
}

/** Whether it certainly grows by more than `limit`: also at the low end of what the noise allows. */
export function growsBeyond({ slope, error }, limit) {
  return slope - 2 * error > limit;
}
