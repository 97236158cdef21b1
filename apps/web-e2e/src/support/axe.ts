import { WORKSPACE } from '@echo/testing';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CDPSession, type Page } from 'playwright-core';

const AXE = readFileSync(join(WORKSPACE, 'node_modules/axe-core/axe.min.js'), 'utf8');
/** Rules of WCAG 2.2 A and AA that axe has, but leaves out where nobody asks for them. */
const ASKED_FOR = ['target-size', 'label-content-name-mismatch'];
/** What a colour scheme can change. */
const OF_COLOUR = ['color-contrast', 'link-in-text-block'];

// By the debugger's own door: the page's policy lets no script in, and must not be loosened for a test of the page.
const debuggers = new WeakMap<Page, Promise<CDPSession>>();

/** What axe finds on the page as it is now, in either scheme: rule, scheme and elements; and voices that would speak over each other. Leaves the page in the scheme that it had. */
export async function findingsOf(page: Page): Promise<string[]> {
  const isDark = await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
  const [scheme, other] = isDark ? (['dark', 'light'] as const) : (['light', 'dark'] as const);
  const ofColour = await findingsIn(page, other, OF_COLOUR);
  return [...ofColour, ...(await findingsIn(page, scheme)), ...(await voicesOf(page))];
}

/** What axe finds in this scheme, by all of its rules or by some. Leaves the page in it. */
export async function findingsIn(page: Page, colorScheme: 'light' | 'dark', only?: readonly string[]): Promise<string[]> {
  // Nothing is looked at on its way from one colour to another.
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  const findings = await findingsNow(page, only);
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  return findings.map((finding) => `${colorScheme}: ${finding}`);
}

/** The page of the chat has one alert and one status region; what a modal dialog makes inert has no voice. */
export async function voicesOf(page: Page): Promise<string[]> {
  const counted = await page.evaluate(() => {
    if (document.querySelector('echo-chat-page') === null) return [];
    const heard = document.querySelector('dialog:modal') ?? document;
    return ['alert', 'status'].map((role) => ({ role, count: heard.querySelectorAll(`[role="${role}"]`).length }));
  });
  return counted.filter(({ count }) => count > 1).map(({ role, count }) => `${count} elements with the role ${role}`);
}

async function findingsNow(page: Page, only?: readonly string[]): Promise<string[]> {
  if (!debuggers.has(page)) debuggers.set(page, page.context().newCDPSession(page));
  const debug = await debuggers.get(page);
  const ask = () => debug?.send('Runtime.evaluate', { expression: expressionFor(only), awaitPromise: true, returnByValue: true });
  let answer = await ask();
  if (answer?.result.value === null) {
    await debug?.send('Runtime.evaluate', { expression: AXE });
    answer = await ask();
  }
  if (answer?.exceptionDetails) throw new Error(answer.exceptionDetails.exception?.description ?? answer.exceptionDetails.text);
  return answer?.result.value as string[];
}

/** Null where axe is not there yet. */
const expressionFor = (only?: readonly string[]) => `typeof axe === 'undefined' ? null : axe.run({
  resultTypes: ['violations'],
  ${only ? `runOnly: ${JSON.stringify(only)}` : `rules: ${JSON.stringify(Object.fromEntries(ASKED_FOR.map((rule) => [rule, { enabled: true }])))}`}
}).then(({ violations }) => violations.map(({ id, nodes }) =>
  id + ' at ' + nodes.map(({ target, any }) => target.join(' ') + ' (' + any.map((each) => each.message).join('; ') + ')').join(', ')))`;
