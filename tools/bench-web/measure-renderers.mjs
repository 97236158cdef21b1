import { quantile } from '../bench/statistics.mjs';
import { answerText } from './answer-text.mjs';

export const SHORT = 16_384;
export const LONG = 65_536;
/** What each renderer draws. The last one reads the whole text again at every step: 64 kB would take it minutes. */
const COURSES = [
  { name: 'echo', lengths: [SHORT, LONG] },
  { name: 'streaming-markdown', lengths: [SHORT, LONG] },
  { name: 'ngx-markdown', lengths: [SHORT] },
];

/** Milliseconds of script that each renderer takes for the same text in 9-character steps: `{ [name]: { [length]: ms } }`, medians of `rounds`. */
export async function measureRenderers(browser, url, rounds) {
  const page = await browser.newPage();
  await page.goto(url);
  await page.waitForFunction(() => 'drawWith' in globalThis);
  const client = await page.context().newCDPSession(page);
  await client.send('Performance.enable');
  const results = {};
  for (const { name } of COURSES) await drawOnce(page, client, name, 2_048);
  for (const { name, lengths } of COURSES) {
    for (const length of lengths) {
      const times = [];
      for (let round = 0; round < rounds; round++) times.push(await drawOnce(page, client, name, length));
      results[name] = { ...results[name], [length]: quantile(times, 0.5) };
    }
  }
  await page.close();
  return results;
}

async function drawOnce(page, client, name, length) {
  await client.send('HeapProfiler.collectGarbage');
  const before = await scriptMs(client);
  const shown = await page.evaluate(([renderer, text]) => globalThis.drawWith(renderer, text), [name, answerText(length)]);
  if (shown < length / 2) throw new Error(`${name} shows ${shown} characters of ${length}.`);
  return (await scriptMs(client)) - before;
}

async function scriptMs(client) {
  const { metrics } = await client.send('Performance.getMetrics');
  return 1_000 * metrics.find(({ name }) => name === 'ScriptDuration').value;
}
