import { WORKSPACE } from '@echo/testing';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Page } from 'playwright-core';

const AXE = join(WORKSPACE, 'node_modules/axe-core/axe.min.js');

/** What axe finds on the page as it is now, in either scheme: rule, scheme and elements; and voices that would speak over each other. */
export async function findingsOf(page: Page): Promise<string[]> {
  // By the debugger's own door: the page's policy lets no script in, and must not be loosened for a test of the page.
  const debug = await page.context().newCDPSession(page);
  const { result: known } = await debug.send('Runtime.evaluate', { expression: 'typeof axe', returnByValue: true });
  if (known.value === 'undefined') await debug.send('Runtime.evaluate', { expression: await readFile(AXE, 'utf8') });
  const findings: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { result } = await debug.send('Runtime.evaluate', { expression: FINDINGS, awaitPromise: true, returnByValue: true });
    findings.push(...(result.value as string[]).map((finding) => `${colorScheme}: ${finding}`));
  }
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'no-preference' });
  return [...findings, ...(await voicesOf(page))];
}

/** The page of the chat has one alert and one status region; what a modal dialog makes inert has no voice. */
async function voicesOf(page: Page): Promise<string[]> {
  const counted = await page.evaluate(() => {
    if (document.querySelector('echo-chat-page') === null) return [];
    const heard = document.querySelector('dialog:modal') ?? document;
    return ['alert', 'status'].map((role) => ({ role, count: heard.querySelectorAll(`[role="${role}"]`).length }));
  });
  return counted.filter(({ count }) => count > 1).map(({ role, count }) => `${count} elements with the role ${role}`);
}

const FINDINGS = `axe.run({ resultTypes: ['violations'] }).then(({ violations }) => violations
  .map(({ id, nodes }) => id + ' at ' + nodes.map(({ target, any }) => target.join(' ') + ' (' + any.map((each) => each.message).join('; ') + ')').join(', ')))`;
