import { type UsageSum } from '@echo/contract';
import { costWords } from '@echo/web-forms';
import { type DayRange } from './usage-api';

const DAY_MS = 86_400_000;
const day = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeZone: 'UTC' });
const number = new Intl.NumberFormat('en');

/** The last so many days, today among them. */
export function lastDays(count: number, now = Date.now()): DayRange {
  const dayOf = (moment: number) => new Date(moment).toISOString().slice(0, 10);
  return { from: dayOf(now - (count - 1) * DAY_MS), to: dayOf(now) };
}

/** `Nov 23, 2026` */
export function dayWords(iso: string): string {
  return day.format(Date.parse(`${iso}T00:00:00Z`));
}

export function count(value: number): string {
  return number.format(value);
}

/** `$1.20 + €0.30`; where some runs have no price: `at least $1.20`. */
export function costsWords({ runs, costs, unpriced_runs, estimated_runs }: UsageSum): string {
  if (runs === 0) return 'none';
  if (costs.length === 0) return 'not known';
  const mark = unpriced_runs > 0 ? 'at least ' : estimated_runs > 0 ? 'about ' : '';
  return `${mark}${costs.map(costWords).join(' + ')}`;
}
