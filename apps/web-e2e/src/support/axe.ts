import { WORKSPACE } from '@echo/testing';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Page } from 'playwright-core';

const AXE = join(WORKSPACE, 'node_modules/axe-core/axe.min.js');

/** What axe finds on the page as it is now, in either scheme: rule, scheme and elements. */
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
  return findings;
}

const FINDINGS = `axe.run({ resultTypes: ['violations'] }).then(({ violations }) => violations
  .map(({ id, nodes }) => id + ' at ' + nodes.map(({ target, any }) => target.join(' ') + ' (' + any.map((each) => each.message).join('; ') + ')').join(', ')))`;
