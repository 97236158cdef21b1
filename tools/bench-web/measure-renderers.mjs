import { quantile } from '../bench/statistics.mjs';
import { answerText } from './answer-text.mjs';

export const SHORT = 16_384;
export const LONG = 65_536;
const ROUNDS = 15;
/** What each renderer draws, and how often. The last one reads the whole text again at every step: 16 kB take it half a minute. */
const COURSES = [
  { name: 'none', lengths: [SHORT, LONG], rounds: ROUNDS },
  { name: 'echo', lengths: [SHORT, LONG], rounds: ROUNDS },
  { name: 'echo-drawing', lengths: [SHORT, LONG], rounds: ROUNDS },
  // `streaming-markdown` highlights no code: what it takes ours to draw where there is none to highlight.
  { name: 'echo-drawing, plain code', renderer: 'echo-drawing', language: '', lengths: [SHORT, LONG], rounds: ROUNDS },
  { name: 'streaming-markdown', language: '', lengths: [SHORT, LONG], rounds: ROUNDS },
  { name: 'streaming-markdown in Angular', lengths: [SHORT, LONG], rounds: ROUNDS },
  { name: 'ngx-markdown', lengths: [SHORT], rounds: 1 },
];

/**
 * Milliseconds of script that each renderer takes for the same text in 9-character steps: `{ [name]: { [length]: ms } }`, medians of several rounds. They draw where nothing
 * is laid out or painted, so that the main thread's processor time is script; what the steps take without any renderer is taken off. (`ScriptDuration` of the browser leaves
 * out microtasks, where most of it happens.)
 */
export async function measureRenderers(browser, url) {
  const page = await browser.newPage();
  await page.goto(url);
  await page.waitForFunction(() => 'drawWith' in globalThis);
  const client = await page.context().newCDPSession(page);
  await client.send('Performance.enable', { timeDomain: 'threadTicks' });
  for (const course of COURSES) await drawOnce(page, client, course, 4_096);
  const times = {};
  // One after the other in each round: whatever else the machine does meets all of them.
  for (let round = 0; round < ROUNDS; round++) {
    for (const course of COURSES.filter(({ rounds }) => round < rounds)) {
      for (const length of course.lengths) ((times[course.name] ??= {})[length] ??= []).push(await drawOnce(page, client, course, length));
    }
  }
  await page.close();
  const { none, ...renderers } = mapEach(times, (each) => quantile(each, 0.5));
  return mapEach(renderers, (ms, length) => ms - none[length]);
}

function mapEach(table, change) {
  const row = (cells) => Object.fromEntries(Object.entries(cells).map(([length, cell]) => [length, change(cell, length)]));
  return Object.fromEntries(Object.entries(table).map(([name, cells]) => [name, row(cells)]));
}

async function drawOnce(page, client, { name, renderer = name, language }, length) {
  await client.send('HeapProfiler.collectGarbage');
  const before = await busyMs(client);
  const shown = await page.evaluate(([drawer, text]) => globalThis.drawWith(drawer, text), [renderer, answerText(length, language)]);
  if (name !== 'none' && shown < length / 2) throw new Error(`${name} shows ${shown} characters of ${length}.`);
  return (await busyMs(client)) - before;
}

async function busyMs(client) {
  const { metrics } = await client.send('Performance.getMetrics');
  return 1_000 * metrics.find(({ name }) => name === 'TaskDuration').value;
}
