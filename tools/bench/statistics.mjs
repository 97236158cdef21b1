/** The value that a share `q` (0 to 1) of `values` does not exceed; NaN of none. */
export function quantile(values, q) {
  if (values.length === 0) return NaN;
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.ceil(q * sorted.length) - 1 + (q === 0 ? 1 : 0))];
}

/** Median, 99th percentile and number. */
export function summarize(values) {
  return { p50: quantile(values, 0.5), p99: quantile(values, 0.99), count: values.length };
}

/** What the way through the application adds to the direct one: the difference of the medians and of the 99th percentiles. */
export function compare(direct, through) {
  const summaries = { direct: summarize(direct), through: summarize(through) };
  return { ...summaries, added: { p50: summaries.through.p50 - summaries.direct.p50, p99: summaries.through.p99 - summaries.direct.p99 } };
}

/** The median of each figure that the records have. */
export function medians(records) {
  const names = Object.keys(records[0]);
  return Object.fromEntries(
    names.map((name) => [
      name,
      quantile(
        records.map((record) => record[name]),
        0.5,
      ),
    ]),
  );
}
