import { type Page } from 'playwright-core';

const WIDTHS = [360, 768, 1440] as const;
const SCHEMES = ['light', 'dark'] as const;

/** How somebody sees the page. */
export interface Sight {
  readonly width: (typeof WIDTHS)[number];
  readonly colorScheme: (typeof SCHEMES)[number];
}

/**
 * Does `act` on a page at 360, 768 and 1440 px, light and dark, and sees to it that the page is never wider than the screen. An act may be done again and again.
 * Leaves the page as wide as it was, and light.
 */
export async function atEverySize(page: Page, act: (sight: Sight) => Promise<void>): Promise<void> {
  const before = page.viewportSize();
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: width === 360 ? 720 : 900 });
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme });
      try {
        await act({ width, colorScheme });
      } catch (error) {
        throw new Error(`At ${width} px, ${colorScheme}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
      }
    }
    expect(await overflowOf(page)).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: 'light' });
  if (before) await page.setViewportSize(before);
}

/** What makes the page wider than the screen; empty when nothing does. */
export function overflowOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth <= clientWidth ? [] : [`the page is ${scrollWidth} px wide, the screen ${clientWidth}`];
  });
}
