import { WORKSPACE } from '@echo/testing';
import { join } from 'node:path';
import { type Page } from 'playwright-core';
import { findingsOf } from './axe';
import { atEverySize } from './every-size';

const FOLDER = join(WORKSPACE, 'artifacts/web-e2e');

/** Keeps a picture of the page as it is, and lets nothing pass that keeps somebody out of it. */
export async function takePicture(page: Page, name: string): Promise<void> {
  await keepPicture(page, name);
  expect([name, await findingsOf(page)]).toEqual([name, []]);
}

/** Keeps pictures of this state at every width, light and dark, and sees to it that nobody is kept out of it and that the page is never wider than the screen. */
export async function takePictures(page: Page, name: string): Promise<void> {
  await atEverySize(page, async ({ width, colorScheme }) => {
    await keepPicture(page, `${name}-${width}-${colorScheme}`);
    // In both schemes, where things are closest to each other and where most of them are shown.
    if (width !== 768 && colorScheme === 'dark') expect([name, width, await findingsOf(page)]).toEqual([name, width, []]);
  });
}

/** Keeps a picture of a page that is not ours, or whose colours are the system's. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  // What moves is shown at its end.
  await page.screenshot({ path: join(FOLDER, `${name}.png`), animations: 'disabled' });
}
