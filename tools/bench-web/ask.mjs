import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds between the last letter and Enter. */
const HAND_MS = 200;

/** Resolves when the answer is complete. Asks seldom and little, so as not to hold up what is measured. */
export async function answered(page) {
  await page.waitForFunction(() => document.querySelector('[role=log]:not([aria-busy]) article') !== null, undefined, {
    polling: 250,
    timeout: 90_000,
  });
}

/** Milliseconds from Enter to the message in the conversation. */
export async function send(page, composer, text) {
  await composer.fill(text);
  await sleep(HAND_MS);
  await page.evaluate(() => globalThis.watch.reset());
  await page.keyboard.press('Enter');
  return page.evaluate(() => globalThis.watch.echo);
}
