import { type BrowserContext, type Page } from 'playwright-core';

/** The share of the page, times the share of the way, from which a move can be noticed: a twentieth of what counts as good for a whole visit. */
export const NOTICED = 0.005;
/** What counts as good for a whole visit. */
export const GOOD = 0.1;

/** Notes what moves without anybody having touched it. Runs in the page. */
const NOTE_SHIFTS = () => {
  const shifts: { value: number; what: string }[] = [];
  Object.assign(window, { shifts });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & {
      value: number;
      hadRecentInput: boolean;
      sources: { node?: Node }[];
    })[]) {
      if (entry.hadRecentInput) continue;
      shifts.push({
        value: entry.value,
        what: `${entry.value.toFixed(4)} by ${entry.sources.map(({ node }) => (node instanceof Text ? node.parentElement : node)?.nodeName ?? '?').join(', ')}`,
      });
    }
  }).observe({ type: 'layout-shift', buffered: true });
};

/** Watches every page that is opened from now on. */
export async function watchShifts(context: BrowserContext): Promise<void> {
  await context.addInitScript(NOTE_SHIFTS);
}

/** Watches a page that is open already. */
export async function watchShiftsOn(page: Page): Promise<void> {
  await page.evaluate(NOTE_SHIFTS);
}

/** What has moved on this page, and by how much of it; where `from` is given, what has moved by that much at least. */
export function shiftsOf(page: Page, from = 0): Promise<string[]> {
  return page.evaluate(
    (least) =>
      (window as unknown as { shifts: { value: number; what: string }[] }).shifts
        .filter(({ value }) => value >= least)
        .map(({ what }) => what),
    from,
  );
}

/** How much has moved on this page in all: what the browsers' makers measure of a visit is at most this. */
export function sumOfShifts(page: Page): Promise<number> {
  return page.evaluate(() => (window as unknown as { shifts: { value: number }[] }).shifts.reduce((sum, { value }) => sum + value, 0));
}
