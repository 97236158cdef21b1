// Endurance: many people for a long time, and whether anything grows that should not. Run with: npm run soak    (an hour; -- --minutes=3 --streams=100)
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startDatabase } from '../bench/database.mjs';
import { atEnd, endAll, endOnSignals } from '../bench/endings.mjs';
import { readRss } from '../bench/processes.mjs';
import { ServerProcess } from '../bench/server-process.mjs';
import { startPeople } from './people.mjs';
import { floorsOf, growsBeyond, trendOf } from './trend.mjs';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const MIB = 1024 * 1024;
const SAMPLE_MS = 2_000;
/** The compiler, the pool and the caches have come to rest after a third. */
const WARM_UP = 1 / 3;
const FLOORS = 20;
const RETENTION_S = 60;
/** What may grow in an hour: resident memory in MiB, things that the event loop waits for, and rows of events for each stream at the end. */
const LIMITS = { memory: 1, handles: 5, eventsPerStream: 3_000 };
/** In less time a figure of so much in an hour is noise: then memory only has to fit into what docs/operations.md gives a replica. */
const ENOUGH = { minutes: 20, residentMib: 512 };

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
  const env = {
    PATH: process.env.PATH,
    PORT: '0',
    DATABASE_URL: database.url,
    ECHO_DISCOVER_LOCAL: 'off',
    ECHO_EVENT_RETENTION: String(RETENTION_S),
  };
  const app = await ServerProcess.start([process.execPath, join(root, 'apps/api/dist/main.js')], { cwd: folder, env });
  const tally = { done: 0, stopped: 0, resumed: 0, failed: 0 };
  const people = startPeople(app.url, streams, tally);
  const samples = await watch(app, minutes * 60_000, tally);
  const [{ events }] = await database.query('select count(*)::int as events from run_event');
  await people.stop();
  const left = await whenQuiet(app.url);
  return report(samples, tally, events, left, app.output);
}

async function watch(app, ms, tally) {
  const samples = [];
  for (const began = performance.now(); performance.now() - began < ms;) {
    await sleep(SAMPLE_MS);
    const metrics = await readMetrics(app.url);
    const hours = (performance.now() - began) / 3_600_000;
    samples.push({
      hours,
      rss: readRss(app.pid) / MIB,
      heap: metrics.get('nodejs_heap_size_used_bytes') / MIB,
      handles: metrics.get('nodejs_active_resources_total'),
    });
    if (samples.length % 15 === 0)
      process.stdout.write(
        `${(hours * 60).toFixed(0)} min: ${samples.at(-1).rss.toFixed(0)} MiB resident, ${samples.at(-1).heap.toFixed(0)} MiB heap, ${samples.at(-1).handles} handles, ${tally.done} answers\n`,
      );
  }
  return samples;
}

/** What is left when everybody has gone. */
async function whenQuiet(url) {
  for (let tries = 0; ; tries++) {
    const metrics = await readMetrics(url);
    const left =
      metrics.get('echo_viewers') +
      [...metrics].filter(([name]) => name.startsWith('echo_live_runs{')).reduce((sum, [, value]) => sum + value, 0);
    if (left === 0 || tries === 30) return left;
    await sleep(500);
  }
}

async function readMetrics(url) {
  const text = await (await fetch(`${url}/api/metrics`)).text();
  return new Map([...text.matchAll(/^([a-z_]+(?:\{[^}]*\})?) (\S+)$/gm)].map(([, name, value]) => [name, Number(value)]));
}

function judged(isLong) {
  return isLong ? '' : `, judged from ${ENOUGH.minutes} minutes on`;
}

function report(samples, tally, events, left, output) {
  const warm = samples.slice(Math.floor(samples.length * WARM_UP));
  const trend = (read) =>
    trendOf(
      floorsOf(
        warm.map((sample) => ({ at: sample.hours, value: read(sample) })),
        FLOORS,
      ),
    );
  const [memory, handles] = [trend(({ rss }) => rss), trend(({ handles }) => handles)];
  const perHour = ({ slope, error }) => `${slope.toFixed(2)} ± ${(2 * error).toFixed(2)} an hour`;
  const isLong = minutes >= ENOUGH.minutes;
  const resident = Math.max(...warm.map(({ rss }) => rss));
  const checks = [
    [`resident memory at most ${resident.toFixed(0)} MiB (limit ${ENOUGH.residentMib})`, resident <= ENOUGH.residentMib],
    [`MiB more: ${perHour(memory)} (limit ${LIMITS.memory}${judged(isLong)})`, !isLong || !growsBeyond(memory, LIMITS.memory)],
    [`handles more: ${perHour(handles)} (limit ${LIMITS.handles}${judged(isLong)})`, !isLong || !growsBeyond(handles, LIMITS.handles)],
    [`run_event ${events} rows (limit ${LIMITS.eventsPerStream * streams})`, events <= LIMITS.eventsPerStream * streams],
    [`viewers and live answers when everybody has gone: ${left}`, left === 0],
    [
      `answers: ${tally.done} done, ${tally.stopped} stopped, ${tally.resumed} resumed, ${tally.failed} failed ${tally.lastFailure ?? ''}`,
      tally.failed === 0 && tally.done > 0,
    ],
    ['no warning of too many listeners', !output.includes('MaxListenersExceededWarning')],
  ];
  for (const [words, isGood] of checks) process.stdout.write(`${isGood ? 'ok   ' : 'FAULT'}  ${words}\n`);
  return checks.every(([, isGood]) => isGood);
}
