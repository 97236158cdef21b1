// `npm run bench -- --containers`: the image, and the stacks of docker/ with a real engine. Prints a table and writes artifacts/bench-containers.json.
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { atEnd, endAll, endOnSignals, tell } from '../endings.mjs';
import { startProvider } from '../provider-process.mjs';
import { ROOT } from '../settings.mjs';
import { docker, hostAddress, whyNoEngine } from './engine.mjs';
import { measureImage } from './measure-image.mjs';
import { measureReplicas } from './measure-replicas.mjs';
import { measureRolling } from './measure-rolling.mjs';
import { formatReport, judge } from './report.mjs';
import { Stack } from './stack.mjs';

const IMAGE = 'echov2:bench';
const ONE = ['compose.yml'];
const MANY = [...ONE, 'compose.scale.yml'];
const CROWD = { streams: 100, deltas: 200 };
const ROLLING = { streams: 50, deltas: 160 };

/** Measures, or says why nothing can be. */
export async function benchContainers() {
  const lacking = await whyNoEngine();
  if (lacking !== undefined) return void process.stdout.write(`${lacking}\n`);
  endOnSignals();
  try {
    report(await measure());
  } catch (error) {
    tell(error);
  } finally {
    await endAll();
  }
}

async function measure() {
  const machine = { cores: availableParallelism(), loadBefore: loadavg()[0] };
  say('the image, from nothing');
  const image = await measureImage(IMAGE);
  atEnd(() => docker(['image', 'rm', IMAGE]));
  const { url } = await startProvider(await hostAddress());
  const prepare = (files) => Stack.prepare({ image: IMAGE, files, providerPort: new URL(url).port });
  say('the stack of one replica');
  const single = await prepare(ONE);
  const stack = { startMs: await single.up(), idleBytes: await single.residentMemory() };
  await single.down();
  const many = await prepare(MANY);
  const [one, key] = await crowd(many, 1);
  const [three] = await crowd(many, 3, key);
  say('a rolling restart');
  const rolling = await measureRolling(many, key, ROLLING);
  return { at: new Date().toISOString(), machine, image, stack, one, three, rolling, streams: ROLLING.streams };
}

/** The crowd before so many replicas. */
async function crowd(stack, replicas, key) {
  say(`${CROWD.streams} streams, replicas: ${replicas}`);
  const startMs = await stack.up('--scale', `app=${replicas}`);
  const entered = key ?? (await stack.enter());
  await measureReplicas(stack.url, entered, { streams: 20, deltas: 40, name: `warm${replicas}x` });
  return [
    { startMs, streams: CROWD.streams, ...(await measureReplicas(stack.url, entered, { ...CROWD, name: `crowd${replicas}x` })) },
    entered,
  ];
}

function report(measured) {
  const aims = judge(measured);
  mkdirSync(join(ROOT, 'artifacts'), { recursive: true });
  writeFileSync(join(ROOT, 'artifacts/bench-containers.json'), `${JSON.stringify({ ...measured, aims }, undefined, 2)}\n`);
  const { cores, loadBefore } = measured.machine;
  process.stdout.write(`\n${cores} cores, load ${loadBefore.toFixed(2)} before we began.\n\n${formatReport(measured)}\n`);
  // The one thing that no noise explains.
  if (aims.some(({ unit, value }) => unit === 'pieces' && value > 0)) process.exitCode = 1;
}

function say(phase) {
  process.stderr.write(`measuring ${phase} …\n`);
}
