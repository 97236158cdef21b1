import { setTimeout as sleep } from 'node:timers/promises';
import { quantile } from '../bench/statistics.mjs';
import { answered, send } from './ask.mjs';
import { measureFirstPaint } from './measure-first-paint.mjs';
import { measureHeap } from './measure-heap.mjs';
import { watchPage } from './watch-page.mjs';

const WORDS_A_SECOND = 100;
const STREAM_SECONDS = 12;
const MESSAGES = 1_000;
/** A message is sent so often, each time by a page that was just loaded: the median counts, and the first one has nothing compiled. */
const SENDS = 7;
/** How long frames are watched while nobody touches the page. */
const QUIET_MS = 4_000;
const HIDDEN_MS = 3_000;
const WAKE_PATIENCE_MS = 10_000;

/**
 * What a person feels while an answer is written in a conversation of 1,000 messages. Times in milliseconds.
 * @param isWanted whether that part is to be measured: `paint`, `stream`, `wake`, `heap`
 */
export async function measurePage(browser, url, isWanted) {
  const results = { frameOfEmptyPage: await measureEmptyPage(browser) };
  if (isWanted('paint')) Object.assign(results, await measureFirstPaint(browser, url));
  if (isWanted('stream') || isWanted('wake')) {
    const address = `${url}/c/${await makeConversation(url)}`;
    if (isWanted('stream')) Object.assign(results, await withPage(browser, (page) => measureSends(page, address)));
    // A page of its own: what the pages loaded before have left behind is no part of it.
    const rest = await withPage(browser, async (page) => {
      await open(page, address);
      const stream = isWanted('stream') ? await measureStream(page) : {};
      return isWanted('wake') ? { ...stream, wake: await measureWake(page) } : stream;
    });
    Object.assign(results, rest);
  }
  if (isWanted('heap')) {
    const heap = await withPage(browser, async (page) => {
      await page.goto(`${url}/`);
      await composerOf(page).waitFor();
      return measureHeap(page, composerOf(page));
    });
    Object.assign(results, heap);
  }
  return results;
}

/** Calls `measure` with a page that is watched, in a process of its own. */
async function withPage(browser, measure) {
  const context = await browser.newContext({ viewport: { width: 1_280, height: 800 } });
  const page = await context.newPage();
  await page.addInitScript(watchPage);
  const results = await measure(page);
  await context.close();
  return results;
}

/** Not by its role: to look for that, all of a long conversation would be laid out. */
function composerOf(page) {
  return page.locator('echo-composer textarea');
}

async function open(page, address) {
  await page.goto(address);
  await composerOf(page).waitFor();
  await page.locator('echo-markdown').last().waitFor();
  await sleep(2_000);
}

/** Frame p95 of a page that does nothing: what the browser and this machine give at best, now. */
async function measureEmptyPage(browser) {
  const page = await browser.newPage();
  await page.setContent('<p>Nothing happens here.</p>');
  const frames = await page.evaluate(
    (ms) =>
      new Promise((resolve) => {
        const frames = [];
        const end = performance.now() + ms;
        const onFrame = (time) => {
          frames.push(time);
          if (time < end) requestAnimationFrame(onFrame);
          else resolve(frames);
        };
        requestAnimationFrame(onFrame);
      }),
    QUIET_MS,
  );
  await page.close();
  return frameP95(frames);
}

function frameP95(frames) {
  return quantile(
    frames.slice(1).map((time, index) => time - frames[index]),
    0.95,
  );
}

/** A conversation with a long history, made by the API. */
async function makeConversation(url) {
  const messages = Array.from({ length: MESSAGES - 2 }, (_, index) => ({
    role: index % 2 === 0 ? 'user' : 'assistant',
    content:
      index % 2 === 0
        ? `Question ${index}`
        : `**Answer ${index}**\n\n- with a list\n- and \`code\`\n\nand a paragraph of some more words to read.`,
  }));
  messages.push({ role: 'user', content: 'say 3 words, 100 a second' });
  const response = await fetch(`${url}/api/chat/conversation`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ messages }),
  });
  if (!response.ok) throw new Error(`The conversation was refused: ${await response.text()}`);
  return (await response.json()).conversation_id;
}

/** From Enter to the message in the conversation, and the longest task from there to the hundredth word: medians. */
async function measureSends(page, address) {
  const echoes = [];
  const tasks = [];
  for (let round = 0; round < SENDS; round++) {
    await open(page, address);
    // Not the words of the message before it, which are there already.
    echoes.push(await send(page, composerOf(page), `say ${WORDS_A_SECOND * 1.5 + round} words, ${WORDS_A_SECOND} a second`));
    await page.waitForFunction(() => globalThis.watch.shown.size > 100);
    tasks.push(await longestTask(page));
    await answered(page);
  }
  return {
    echo: quantile(echoes, 0.5),
    echoOfFirst: echoes[0],
    longestTaskAtStart: quantile(tasks, 0.5),
    longestTaskOfStarts: Math.max(...tasks),
  };
}

async function measureStream(page) {
  const composer = composerOf(page);
  await send(page, composer, `say ${WORDS_A_SECOND * STREAM_SECONDS} words, ${WORDS_A_SECOND} a second`);
  await page.waitForFunction(() => globalThis.watch.shown.size > 100);
  await longestTask(page);
  await page.evaluate(() => {
    const { frames, interactions } = globalThis.watch;
    frames.length = interactions.length = 0;
  });
  const client = await page.context().newCDPSession(page);
  await client.send('Performance.enable');
  const busyBefore = await busyMs(client);
  await sleep(QUIET_MS);
  const busy = (await busyMs(client)) - busyBefore;
  const frames = await page.evaluate(() => [...globalThis.watch.frames]);
  const longestInQuiet = await longestTask(page);
  await page.evaluate(() => (globalThis.watch.interactions.length = 0));
  await page.keyboard.type('typed while it answers', { delay: 60 });
  await page.mouse.click(640, 300);
  await page.mouse.wheel(0, -300);
  await composer.fill('');
  await sleep(500);
  const longestWhileTyping = await longestTask(page);
  const interactions = await page.evaluate(() => globalThis.watch.interactions);
  // At the end of the text again, where most readers are.
  await page.locator('.jump').click();
  await sleep(500);
  await longestTask(page);
  await answered(page);
  // What is read behind, and drawn below the answer.
  await sleep(1_500);
  const longestTaskAtEnd = await longestTask(page);
  const words = await page.evaluate(() =>
    [...globalThis.watch.shown].map(([word, at]) => at - (globalThis.watch.arrived.get(word) ?? NaN)),
  );
  return {
    words: words.length,
    arrivalToPixels: quantile(
      words.filter((ms) => !Number.isNaN(ms)),
      0.95,
    ),
    frame: frameP95(frames),
    busyPerFrame: busy / frames.length,
    longestTask: longestInQuiet,
    longestTaskAtEnd,
    longestWhileTyping,
    interaction: Math.max(0, ...interactions),
  };
}

/** Of those since it was last asked; 0 when there was none. The browser tells tasks of more than 50 ms only. */
async function longestTask(page) {
  return page.evaluate(() => Math.max(0, ...globalThis.watch.longTasks.splice(0)));
}

/** From the moment that a hidden tab is seen again to text that it did not show before. */
async function measureWake(page) {
  await send(page, composerOf(page), `say ${WORDS_A_SECOND * 10} words, ${WORDS_A_SECOND} a second`);
  await page.waitForFunction(() => globalThis.watch.shown.size > 50);
  await setVisible(page, false);
  await sleep(HIDDEN_MS);
  const ms = await page.evaluate(async (patience) => {
    const before = globalThis.watch.shown.size;
    const start = performance.now();
    delete document.hidden;
    delete document.visibilityState;
    document.dispatchEvent(new Event('visibilitychange'));
    while (globalThis.watch.shown.size === before && performance.now() - start < patience)
      await new Promise((resolve) => requestAnimationFrame(resolve));
    return performance.now() - start;
  }, WAKE_PATIENCE_MS);
  await answered(page);
  return ms;
}

async function busyMs(client) {
  const { metrics } = await client.send('Performance.getMetrics');
  return 1_000 * metrics.find(({ name }) => name === 'TaskDuration').value;
}

async function setVisible(page, visible) {
  await page.evaluate((seen) => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => !seen });
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => (seen ? 'visible' : 'hidden') });
    document.dispatchEvent(new Event('visibilitychange'));
  }, visible);
}
