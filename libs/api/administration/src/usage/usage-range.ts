import { invalidParameter, type Query, textOf } from '@echo/api-security';
import { USAGE_DAYS } from '@echo/contract';

const DAY_MS = 86_400_000;
const USUAL_DAYS = 30;

/** Days as `2026-01-31`, in UTC; both are included. */
export interface UsageRange {
  readonly from: string;
  readonly to: string;
}

/** The days that `from` and `to` name; the last 30 unless they are given. */
export function usageRangeOf(query: Query, now = new Date()): UsageRange {
  const to = dayOf(query, 'to') ?? startOf(now);
  const from = dayOf(query, 'from') ?? to - (USUAL_DAYS - 1) * DAY_MS;
  if (from > to) throw invalidParameter('from', 'Let the first day come before the last.');
  if (to - from >= USAGE_DAYS * DAY_MS) throw invalidParameter('from', `Ask for at most ${USAGE_DAYS} days at once.`);
  return { from: textOfDay(from), to: textOfDay(to) };
}

function dayOf(query: Query, name: string): number | undefined {
  const text = textOf(query, name);
  if (text === undefined) return undefined;
  const time = /^20\d{2}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  // February has no 30th: what does not come back as it was is no day.
  if (Number.isNaN(time) || textOfDay(time) !== text) throw invalidParameter(name, 'Give a day such as 2026-01-31.');
  return time;
}

function startOf(now: Date): number {
  return Math.floor(now.getTime() / DAY_MS) * DAY_MS;
}

function textOfDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
