// `npm run bench:web`: measures in Chromium what a reader feels, and our Markdown beside ngx-markdown and streaming-markdown on the same text in the same run.
// Prints a table and writes artifacts/bench-web.json.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
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

const ROUNDS = 3;
const { findChromium } = createRequire(import.meta.url)('../../apps/web-e2e/find-browsers.js');

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
  say('renderers');
  const folder = mkdtempSync(join(tmpdir(), 'echo-bench-web-'));
  atEnd(() => rmSync(folder, { recursive: true, force: true }));
  await bundlePage(folder);
  const renderers = await measureRenderers(browser, await serveFolder(folder), ROUNDS);
  say(`${JSON.stringify(renderers)}\nthe page`);
  const data = makeDataFolder();
  const server = await ServerProcess.start([process.execPath, MAIN], { cwd: data, env: environmentFor(data, await startProvider()) });
  const page = await measurePage(browser, server.url);
  return { at: new Date().toISOString(), machine: { ...machine, browser: browser.version(), loadAfter: loadavg()[0] }, renderers, page };
}

function report(results) {
  const aims = judge(results);
  mkdirSync(join(ROOT, 'artifacts'), { recursive: true });
  writeFileSync(join(ROOT, 'artifacts/bench-web.json'), `${JSON.stringify({ ...results, aims }, null, 2)}\n`);
  const scripts = Object.entries(results.renderers).flatMap(([name, times]) =>
    Object.entries(times).map(([length, ms]) => [name, `${Number(length) / 1_024}`, short(ms)]),
  );
  const { cores, loadBefore, loadAfter, browser } = results.machine;
  process.stdout.write(
    [
      formatTable(['script in 9-character steps', 'kB', 'ms'], scripts),
      formatTable(
        ['aimed at', 'measured', 'aim', 'unit', 'verdict'],
        aims.map(({ name, value, aim, unit, verdict }) => [name, short(value), short(aim), unit, verdict]),
      ),
      `Chromium ${browser}, ${cores} cores, load ${short(loadBefore)} before and ${short(loadAfter)} after: on a busy machine read the ratios, not the times.\n`,
    ].join('\n\n'),
  );
}

function say(what) {
  process.stderr.write(`${what} …\n`);
}
