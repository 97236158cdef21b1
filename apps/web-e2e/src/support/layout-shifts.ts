import { type BrowserContext, type Page } from 'playwright-core';

/** Watches every page that is opened from now on for what moves without anybody having touched it. */
export async function watchShifts(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const shifts: string[] = [];
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number; sources: { node?: Node }[] })[])
        shifts.push(`${entry.value.toFixed(4)} by ${entry.sources.map(({ node }) => node?.nodeName ?? '?').join(', ')}`);
    }).observe({ type: 'layout-shift', buffered: true });
  });
}

/** What has moved on this page, and by how much of it. */
export function shiftsOf(page: Page): Promise<string[]> {
  return page.evaluate(() => (window as unknown as { shifts: string[] }).shifts);
}
