/** Milliseconds that an answer asks us to wait: `retry-after-ms`, or `retry-after` as seconds or as a date. */
export function retryAfterMs(header: (name: string) => string | undefined, now = Date.now()): number | undefined {
  const exact = positive(header('retry-after-ms'));
  if (exact !== undefined) return exact;
  const value = header('retry-after');
  const delay = positive(value);
  if (delay !== undefined) return delay * 1000;
  const date = value === undefined ? NaN : Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

function positive(value: string | undefined): number | undefined {
  if (value === undefined || value.trim() === '') return undefined;
  const number = Number(value);
  return Number.isFinite(number) && number >= 0 ? number : undefined;
}
