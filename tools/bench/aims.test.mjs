import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { judge } from './aims.mjs';

const times = (p99) => ({ added: { p50: 1, p99 }, through: { p50: 1, p99 } });
const chats = (ratio) => ({ chats: [{ messages: 10 }, { messages: 2_000 }], ratio });
const RESULTS = {
  start: { warmMedian: 2_000 },
  bundle: { gzip: 119_000 },
  firstChunk: times(20),
  streams: [{ streams: 50, gap: times(1), bystander: times(1), faults: { lost: 0, doubled: 0 } }],
  cpu: {
    levels: [
      { streams: 50, steady: { through: { app: 61 }, ratio: 1.2 } },
      { streams: 200, steady: { through: { app: 61 }, ratio: 1.61 } },
    ],
  },
  memory: { steps: [{ streams: 100, perStream: 1_024 }] },
  wal: { perChunk: 140 },
  exchanges: { continued: chats({ walBytes: 1 }), fromRoot: chats({ walBytes: 1, acceptMs: 1 }) },
  wires: [
    { wire: 'openai-chat', cpu: { ours: 3, theirs: 4 }, abort: { p99: 50 } },
    { wire: 'gemini', cpu: { ours: 3, theirs: 4 }, abort: { p99: 51 } },
  ],
  resume: { same: times(1).through, other: times(1).through },
  kill: [
    { ms: 5_000, isKept: true },
    { ms: 7_001, isKept: true },
  ],
};
const verdictOf = (results, name) => judge(results).find((figure) => figure.name === name)?.verdict;

describe('the verdicts', () => {
  it('call a figure hit that is at its aim, and missed past it', () => {
    assert.equal(verdictOf(RESULTS, 'added first chunk p99, 1 stream'), 'hit');
    assert.equal(verdictOf(RESULTS, 'CPU of the application per chunk, 50 streams'), 'missed');
  });

  it('call it a defect to need more than 1.6 times the CPU of the relay', () => {
    assert.equal(verdictOf(RESULTS, 'CPU over the relay’s per chunk, 50 streams'), 'hit');
    assert.equal(verdictOf(RESULTS, 'CPU over the relay’s per chunk, 200 streams'), 'defect');
  });

  it('judge the slowest kill, and any text that was lost', () => {
    assert.equal(verdictOf(RESULTS, 'kill -9 to terminal, slowest'), 'missed');
    assert.equal(verdictOf(RESULTS, 'text that was shown and is gone after kill -9'), 'hit');
    const kill = [{ ms: 5_000, isKept: false }];
    assert.equal(verdictOf({ ...RESULTS, kill }, 'text that was shown and is gone after kill -9'), 'missed');
  });

  it('count a lost chunk and a doubled one', () => {
    for (const faults of [
      { lost: 1, doubled: 0 },
      { lost: 0, doubled: 1 },
    ]) {
      const streams = [{ ...RESULTS.streams[0], faults }];
      assert.equal(verdictOf({ ...RESULTS, streams }, 'lost and doubled chunks, 50 streams'), 'missed');
    }
  });

  it('hold each reader against the vendor’s own, and the first of them to more', () => {
    assert.equal(verdictOf(RESULTS, 'processor time over the SDK’s per piece, openai-chat'), 'missed');
    assert.equal(verdictOf(RESULTS, 'processor time over the SDK’s per piece, gemini'), 'hit');
    assert.equal(verdictOf(RESULTS, 'abort to closed at the vendor p99, openai-chat'), 'hit');
    assert.equal(verdictOf(RESULTS, 'abort to closed at the vendor p99, gemini'), 'missed');
  });

  it('do not take for hit what could not be measured', () => {
    assert.equal(verdictOf({ ...RESULTS, wal: { perChunk: NaN } }, 'WAL per chunk, accepting, ending and deletion included'), 'missed');
  });

  it('leave out what only Linux tells', () => {
    const names = judge({ ...RESULTS, cpu: undefined, memory: undefined }).map(({ name }) => name);
    assert.equal(names.filter((name) => /CPU|memory/.test(name)).length, 0);
  });
});
