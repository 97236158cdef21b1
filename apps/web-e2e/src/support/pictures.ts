import { WORKSPACE } from '@echo/testing';
import { join } from 'node:path';
import { type Page } from 'playwright-core';
import { findingsIn, findingsOf, voicesOf } from './axe';
import { atEverySize } from './every-size';

const FOLDER = join(WORKSPACE, 'artifacts/web-e2e');
/** Width → the scheme in which axe looks at it. */
const ASKED_AT: Readonly<Record<number, 'light' | 'dark'>> = { 360: 'dark', 1440: 'light' };

/** Keeps a picture of the page as it is, and lets nothing pass that keeps somebody out of it. */
export async function takePicture(page: Page, name: string): Promise<void> {
  await keepPicture(page, name);
  expect([name, await findingsOf(page)]).toEqual([name, []]);
}

/** Keeps pictures of this state at every width, light and dark, and sees to it that nobody is kept out of it and that the page is never wider than the screen. */
export async function takePictures(page: Page, name: string): Promise<void> {
  await atEverySize(page, async ({ width, colorScheme }) => {
    await keepPicture(page, `${name}-${width}-${colorScheme}`);
    // Where things are closest to each other, and where most of them are shown.
    if (ASKED_AT[width] === colorScheme) expect([name, width, await findingsIn(page, colorScheme)]).toEqual([name, width, []]);
  });
  expect([name, await voicesOf(page)]).toEqual([name, []]);
}

/** Keeps a picture of a page that is not ours, or whose colours are the system's. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  // What moves is shown at its end.
  await page.screenshot({ path: join(FOLDER, `${name}.png`), animations: 'disabled' });
}
