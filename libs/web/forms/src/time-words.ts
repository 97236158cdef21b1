const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];
/** Milliseconds from which on the date says more than how long ago it was. */
const LONG_AGO = 14 * 86_400_000;

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const day = new Intl.DateTimeFormat('en', { dateStyle: 'medium' });
const moment = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

/** `3 hours ago`, `in 5 days`, `Nov 2, 2026`. */
export function timeWords(iso: string, now = Date.now()): string {
  const distance = Date.parse(iso) - now;
  const [unit, length] = UNITS.find(([, each]) => Math.abs(distance) >= each) ?? [];
  if (unit === undefined || length === undefined) return 'just now';
  return Math.abs(distance) > LONG_AGO ? day.format(Date.parse(iso)) : relative.format(Math.round(distance / length), unit);
}

/** `Nov 2, 2026, 3:04 PM`. */
export function momentWords(iso: string): string {
  return moment.format(Date.parse(iso));
}
