// Endurance: many people for a long time, and whether anything grows that should not. Run with: npm run soak    (an hour; -- --minutes=3 --streams=100)
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startDatabase } from '../bench/database.mjs';
import { atEnd, endAll, endOnSignals } from '../bench/endings.mjs';
import { findings } from './findings.mjs';
import { startPeople } from './people.mjs';
import { WatchedApp } from './watched-app.mjs';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const SAMPLE_MS = 2_000;
/** The compiler, the pool and the caches have come to rest after a third. */
const WARM_UP = 1 / 3;
const RETENTION_S = 60;

const option = (name, usual) => Number(process.argv.find((word) => word.startsWith(`--${name}=`))?.split('=')[1] ?? usual);
const minutes = option('minutes', 60);
const streams = option('streams', 100);

execFileSync(process.execPath, [join(root, 'node_modules/.bin/nx'), 'run', 'api:build'], { cwd: root, stdio: 'ignore' });
endOnSignals();
const folder = mkdtempSync(join(tmpdir(), 'echo-soak-'));
chmodSync(folder, 0o755);
atEnd(() => rmSync(folder, { recursive: true, force: true }));
try {
  process.exitCode = (await soak()) ? 0 : 1;
} finally {
  await endAll();
}

async function soak() {
  const database = await startDatabase(join(folder, 'data'));
  const app = await WatchedApp.start(folder, { DATABASE_URL: database.url, ECHO_EVENT_RETENTION: String(RETENTION_S) });
  const tally = { done: 0, stopped: 0, resumed: 0, failed: 0 };
  await crowd(app, minutes * WARM_UP, tally);
  const before = { ...(await app.rest()), answers: tally.done + tally.stopped };
  const samples = await crowd(app, minutes * (1 - WARM_UP), tally);
  const [{ events }] = await database.query('select count(*)::int as events from run_event');
  const after = { ...(await app.rest()), answers: tally.done + tally.stopped };
  const checks = findings({ minutes, streams, samples, before, after, tally, events, output: app.output });
  for (const [words, isGood] of checks) process.stdout.write(`${isGood ? 'ok   ' : 'FAULT'}  ${words}\n`);
  const failed = checks.filter(([, isGood]) => !isGood).length;
  process.stdout.write(`soak: ${checks.length - failed} passed, ${failed} failed\n`);
  return failed === 0;
}

/** So many people for so long. Returns what was seen of the application meanwhile. */
async function crowd(app, forMinutes, tally) {
  const people = startPeople(app.url, streams, tally);
  const samples = [];
  for (const began = performance.now(); performance.now() - began < forMinutes * 60_000;) {
    await sleep(SAMPLE_MS);
    const { rss, heap, handles } = await app.look();
    const hours = (performance.now() - began) / 3_600_000;
    samples.push({ hours, rss, heap, handles });
    if (samples.length % 15 === 0)
      process.stdout.write(
        `${(hours * 60).toFixed(1)} min: ${rss.toFixed(0)} MiB resident, ${heap.toFixed(0)} MiB heap, ${handles} handles, ${tally.done} answers\n`,
      );
  }
  await people.stop();
  return samples;
}
