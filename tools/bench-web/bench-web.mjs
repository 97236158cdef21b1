// `npm run bench:web`: measures in Chromium what a reader feels, and our Markdown beside ngx-markdown and streaming-markdown on the same text in the same run.
// Prints a table and writes artifacts/bench-web.json. `-- --only renderers,paint,stream,wake,heap` measures these parts alone.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { atEnd, endAll, endOnSignals, tell } from '../bench/endings.mjs';
import { ServerProcess } from '../bench/server-process.mjs';
import { environmentFor, MAIN, makeDataFolder, ROOT } from '../bench/settings.mjs';
import { formatTable, short } from '../bench/table.mjs';
import { buildIfNeeded } from '../build.mjs';
import { judge } from './aims.mjs';
import { bundlePage } from './bundle-page.mjs';
import { measurePage } from './measure-page.mjs';
import { measureRenderers } from './measure-renderers.mjs';
import { startProvider } from './provider.mjs';
import { serveFolder } from './serve-folder.mjs';

const PARTS = ['renderers', 'paint', 'stream', 'wake', 'heap'];
const { findChromium } = createRequire(import.meta.url)('../../apps/web-e2e/find-browsers.js');

const only = parseArgs({ options: { only: { type: 'string', default: PARTS.join() } } }).values.only.split(',');
const unknown = only.filter((part) => !PARTS.includes(part));
if (unknown.length > 0) {
  process.stderr.write(`There is no part ${unknown.join()}: the parts are ${PARTS.join(', ')}.\n`);
  process.exit(1);
}
const isWanted = (part) => only.includes(part);

const executablePath = findChromium();
const problem = executablePath
  ? await buildIfNeeded(ROOT)
  : 'There is no Chromium: `apt-get install chromium`, or set ECHO_CHROMIUM to the path of one.';
if (problem) {
  process.stderr.write(`${problem}\n`);
  process.exit(1);
}
endOnSignals();
try {
  report(await measure());
} catch (error) {
  tell(error);
} finally {
  await endAll();
}

async function measure() {
  const machine = { cores: availableParallelism(), loadBefore: loadavg()[0] };
  const browser = await chromium.launch({ executablePath, args: ['--enable-precise-memory-info', '--disable-background-networking'] });
  atEnd(() => browser.close());
  const renderers = isWanted('renderers') ? await compareRenderers(browser) : undefined;
  const page = PARTS.slice(1).some(isWanted) ? await watchOne(browser) : undefined;
  return { at: new Date().toISOString(), machine: { ...machine, browser: browser.version(), loadAfter: loadavg()[0] }, renderers, page };
}

async function compareRenderers(browser) {
  say('renderers');
  const folder = mkdtempSync(join(tmpdir(), 'echo-bench-web-'));
  atEnd(() => rmSync(folder, { recursive: true, force: true }));
  await bundlePage(folder);
  return measureRenderers(browser, await serveFolder(folder));
}

async function watchOne(browser) {
  say('the page');
  const data = makeDataFolder();
  const server = await ServerProcess.start([process.execPath, MAIN], { cwd: data, env: environmentFor(data, await startProvider()) });
  return measurePage(browser, server.url, isWanted);
}

function report(results) {
  const aims = judge(results);
  mkdirSync(join(ROOT, 'artifacts'), { recursive: true });
  writeFileSync(join(ROOT, 'artifacts/bench-web.json'), `${JSON.stringify({ ...results, aims }, null, 2)}\n`);
  const scripts = Object.entries(results.renderers ?? {}).flatMap(([name, times]) =>
    Object.entries(times).map(([length, ms]) => [name, `${Number(length) / 1_024}`, short(ms)]),
  );
  const { cores, loadBefore, loadAfter, browser } = results.machine;
  process.stdout.write(
    [
      ...(scripts.length > 0 ? [formatTable(['script in 9-character steps', 'kB', 'ms'], scripts)] : []),
      formatTable(
        ['aimed at', 'measured', 'aim', 'unit', 'verdict'],
        aims.map(({ name, value, aim, unit, verdict }) => [name, short(value), aim === undefined ? '' : short(aim), unit, verdict]),
      ),
      `Chromium ${browser}, ${cores} cores, load ${short(loadBefore)} before and ${short(loadAfter)} after: on a busy machine read the ratios, not the times.\n`,
    ].join('\n\n'),
  );
}

function say(what) {
  process.stderr.write(`${what} …\n`);
}
