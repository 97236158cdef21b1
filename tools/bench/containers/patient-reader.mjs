import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { comparePieces } from '../answers.mjs';
import { AnswerReader } from '../stream-reader.mjs';
import { resumeTarget, throughTarget } from '../targets.mjs';

const PAUSE_MS = 250;
const PATIENCE_MS = 60_000;

/**
 * Reads an answer to its end as the page does: what was not accepted is asked again under the same key, a connection that is lost is opened anew after the last
 * event that was seen. Resolves to how often, and what is missing or doubled.
 */
export async function readPatiently(url, order, headers) {
  const through = throughTarget(url);
  const requestFor = (prompt) => ({ ...through.requestFor(prompt), headers: { ...headers, 'idempotency-key': key } });
  const key = randomUUID();
  const tally = { reconnects: 0, askedAgain: 0 };
  const deadline = performance.now() + PATIENCE_MS;
  let reader = await read({ ...through, requestFor }, order);
  while (reader.runId === undefined && performance.now() < deadline) {
    tally.askedAgain += 1;
    await sleep(PAUSE_MS);
    reader = await read({ ...through, requestFor }, order);
  }
  const { runId } = reader;
  let { text, endedAt, lastId } = reader;
  while (endedAt === undefined && performance.now() < deadline) {
    tally.reconnects += 1;
    await sleep(PAUSE_MS);
    const target = resumeTarget(url, runId, lastId);
    const more = await read({ ...target, requestFor: () => ({ headers: { ...headers, ...target.requestFor().headers } }) }, order);
    text += more.text;
    lastId = more.lastId ?? lastId;
    endedAt = more.endedAt;
  }
  const { lost, doubled } = comparePieces(order.id, order.deltas, text);
  return { ...tally, lost: lost + (endedAt === undefined ? 1 : 0), doubled };
}

async function read(target, order) {
  const reader = new AnswerReader(target, order);
  await reader.ended;
  return reader;
}
