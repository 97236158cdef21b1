import { WORKSPACE } from '@echo/testing';
import { join } from 'node:path';
import { type Page } from 'playwright-core';

const FOLDER = join(WORKSPACE, 'artifacts/web-e2e');
const WIDTHS = [360, 768, 1440] as const;
const SCHEMES = ['light', 'dark'] as const;

/** Keeps a picture of the page as it is. */
export async function takePicture(page: Page, name: string): Promise<void> {
  // What moves is shown at its end.
  await page.screenshot({ path: join(FOLDER, `${name}.png`), animations: 'disabled' });
}

/** Keeps pictures of this state at every width, light and dark, and sees to it that the page is never wider than the screen. Leaves the page as it was. */
export async function takePictures(page: Page, name: string): Promise<void> {
  const before = page.viewportSize();
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: width === 360 ? 720 : 900 });
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme });
      await takePicture(page, `${name}-${width}-${colorScheme}`);
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
