import { isTerminal, isText } from '@echo/contract';
import { type PromptHistory, type SeenConnection, type StoredRun } from './run-history';

const ENDS: Readonly<Record<string, string>> = { completed: 'done', stopped: 'done', failed: 'error', interrupted: 'error' };

/** Holds what viewers, provider and database know of one prompt against the promises. Returns what was broken, each beginning with the promise; none: all is well. */
export function checkHistory(history: PromptHistory): string[] {
  const { viewers, provider, stored, maxCalls = 1 } = history;
  const broken: string[] = [];
  const started = viewers.flat().flatMap(({ events }) => events.flatMap(({ event }) => (event.type === 'start' ? [event.run_id] : [])));
  for (const id of new Set(started)) {
    if (stored.questions === 0 || !stored.runs.some((run) => run.id === id)) broken.push(`R1: run ${id} was accepted and is not stored`);
  }
  if (stored.questions > 1) broken.push(`R2: the prompt is stored ${stored.questions} times`);
  if (stored.runs.length > 1) broken.push(`R2: one prompt made ${stored.runs.length} runs`);
  if (provider.length > maxCalls) broken.push(`R2: the provider was asked ${provider.length} times`);
  const run = stored.runs[0];
  if (!run) return broken;
  broken.push(...checkStored(run, provider), ...checkEnd(run));
  for (const [index, connections] of viewers.entries()) {
    broken.push(...checkViewer(connections, run).map((what) => `${what} (viewer ${index + 1})`));
  }
  return broken;
}

/** What is stored is what the provider said, from its start. */
function checkStored(run: StoredRun, provider: readonly string[]): string[] {
  const broken: string[] = [];
  const said = textUpTo(run, Infinity);
  if (run.isFinished && run.content !== said) broken.push(`R3: the message is not the text of its events: ${differ(run.content, said)}`);
  if (said !== '' && !provider.some((text) => text.startsWith(said)))
    broken.push(`R3: what is stored is not the beginning of what the provider sent: ${differ(said, provider[0] ?? '')}`);
  if (run.status === 'completed' && !provider.includes(said))
    broken.push(`R3: a completed answer lacks text: ${differ(said, provider[0] ?? '')}`);
  if (run.events.some(({ seq }, index) => seq !== index + 1))
    broken.push(`R12: the stored numbers have a gap: ${run.events.map(({ seq }) => seq).join(' ')}`);
  return broken;
}

/** It has ended, once, with a terminal event that says the same. */
function checkEnd(run: StoredRun): string[] {
  const end = ENDS[run.status];
  if (end === undefined || !run.isFinished) return [`R4: the run is still ${run.status}`];
  const broken: string[] = [];
  const ends = run.events.filter(({ kind }) => kind === 'done' || kind === 'error');
  if (ends.length !== 1) broken.push(`R4: it ended ${ends.length} times`);
  const last = run.events.at(-1);
  if (last?.kind !== end) broken.push(`R4: it is ${run.status} and its last event is ${last?.kind ?? 'missing'}`);
  if (last?.seq !== run.lastSeq) broken.push(`R4: its last event is ${last?.seq}, its row says ${run.lastSeq}`);
  if (run.messageStatus !== run.status) broken.push(`R4: the run is ${run.status}, its message ${run.messageStatus}`);
  return broken;
}

/** Numbers only grow, every text comes once, and nothing comes after the end. */
function checkViewer(connections: readonly SeenConnection[], run: StoredRun): string[] {
  let text = '';
  let last = connections[0]?.after ?? 0;
  let isOver = false;
  const skipped = textUpTo(run, last);
  for (const { after, isLive, events } of connections) {
    // Who begins anew is told everything again.
    if (after === 0) [text, last] = ['', 0];
    for (const { id, event } of events) {
      const seq = Number(id);
      if (isOver && after !== 0) return [`R4: ${event.type} came after the end`];
      if (!(seq > last)) return [`R12: number ${id} came after ${last}`];
      if (isLive && seq !== last + 1) return [`R12: number ${seq} came live after ${last}`];
      last = seq;
      if (event.type === 'content') text += event.chunk;
      const stored = textUpTo(run, seq).slice(after === 0 ? 0 : skipped.length);
      if (text !== stored) return [`R3: at number ${seq} the viewer had other text than is stored: ${differ(text, stored)}`];
      const kind = run.events.find((each) => each.seq === seq)?.kind;
      if (kind !== event.type && !(isText(event) && kind !== undefined))
        return [`R3: number ${seq} was ${event.type} and is stored as ${kind ?? 'nothing'}`];
      isOver ||= isTerminal(event);
    }
  }
  return [];
}

function textUpTo(run: StoredRun, seq: number): string {
  return run.events
    .filter((each) => each.kind === 'content' && each.seq <= seq)
    .map(({ body }) => body)
    .join('');
}

/** Where two texts part. */
function differ(one: string, other: string): string {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at++;
  const from = Math.max(0, at - 10);
  return `${JSON.stringify(one.slice(from, at + 30))} against ${JSON.stringify(other.slice(from, at + 30))} at ${at} of ${one.length} and ${other.length}`;
}
