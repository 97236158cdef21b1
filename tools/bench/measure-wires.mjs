import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { startChild } from './child-server.mjs';
import { fetchJson } from './http-client.mjs';
import { canReadProcesses } from './processes.mjs';
import { summarize } from './statistics.mjs';

export const MEASURED_WIRES = ['openai-chat', 'openai-responses', 'anthropic', 'gemini', 'ollama'];

/**
 * Our reader of each wire beside the vendor's own SDK, on the same bytes in the same run: CPU in microseconds for each piece, resident memory in bytes for a
 * hundred streams, and milliseconds from an abort until the vendor's side of the connection is closed.
 */
export async function measureWires(wires = MEASURED_WIRES) {
  const vendor = await startChild('vendor.mjs');
  const measured = [];
  for (const wire of wires) {
    measured.push({
      wire,
      cpu: await client('cpu', wire, vendor.url),
      // Before the many streams of the next one, which end when their process does.
      abort: await measureAborts(wire, vendor.url),
      ...(canReadProcesses ? { memory: await measureMemoryOf(wire, vendor.url) } : {}),
    });
  }
  return measured;
}

async function measureMemoryOf(wire, url) {
  return { ours: await client('memory', wire, url, 'ours'), theirs: await client('memory', wire, url, 'theirs') };
}

async function measureAborts(wire, url) {
  await fetchJson(`${url}/bench/closed`);
  const aborted = await client('aborts', wire, url, 'ours');
  const closed = await fetchJson(`${url}/bench/closed`);
  if (closed.length !== aborted.length) throw new Error(`${aborted.length} streams were aborted and ${closed.length} closed.`);
  return summarize(closed.map((time, index) => time - aborted[index]));
}

/** One measurement in a process of its own. */
async function client(...parameters) {
  const child = fork(join(import.meta.dirname, 'vendor-client.mjs'), parameters, { execArgv: ['--expose-gc'] });
  const ended = once(child, 'exit').then(() => Promise.reject(new Error(`Measuring ${parameters.join(' ')} failed.`)));
  const [outcome] = await Promise.race([once(child, 'message'), ended]);
  ended.catch(() => undefined);
  return outcome;
}
