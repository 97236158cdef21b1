import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compareWithRelay } from './measure-cpu.mjs';
import { compareLengths } from './measure-exchanges.mjs';
import { splitWal } from './measure-wal.mjs';
import { readPlan } from './settings.mjs';
import { resumeTarget, throughTarget } from './targets.mjs';

describe('the comparisons', () => {
  it('divide what the application’s process needs by what the relay’s does in the same round, and take the median', () => {
    const rounds = {
      relay: [40, 50, 100].map((relay) => ({ app: 1, relay })),
      through: [44, 75, 120].map((app) => ({ app, relay: 1 })),
    };
    const { relay, through, ratio, ratios } = compareWithRelay(rounds);
    assert.deepEqual([relay.relay, through.app, ratio, ratios], [50, 75, 1.2, [1.1, 1.5, 1.2]]);
  });

  it('divide the median cost in the long chat by the one in the short chat', () => {
    const costs = (...bytes) => bytes.map((walBytes) => ({ walBytes }));
    const places = [
      { length: 10, costs: costs(100, 200, 9_000) },
      { length: 2_000, costs: costs(300, 1, 300) },
    ];
    assert.deepEqual(compareLengths(places), {
      chats: [
        { messages: 10, walBytes: 200 },
        { messages: 2_000, walBytes: 300 },
      ],
      ratio: { walBytes: 1.5 },
    });
  });

  it('tell apart what an answer’s events, its two ends and its deletion write', () => {
    // 10 answers of 100 pieces: 80 bytes for each piece, 3,000 for each answer, 20 for each deleted piece.
    const split = splitWal({ streams: 10, deltas: 100, streaming: 80, answers: 110_000, deletion: 20_000 });
    assert.deepEqual(split, { streams: 10, deltas: 100, streaming: 80, deletion: 20, perChunk: 130, perAnswer: 3_000 });
  });
});

describe('the ids of an answer', () => {
  it('are 1, 2, 3 … when it is read live', () => {
    const { idsAreWhole } = throughTarget('http://127.0.0.1:1');
    assert.deepEqual(
      [
        [1, 2, 3],
        [1, 3],
        [2, 3],
        [1, 1],
      ].map(idsAreWhole),
      [true, false, false, false],
    );
  });

  it('only grow, from the one that was seen, when it is read again', () => {
    const { idsAreWhole } = resumeTarget('http://127.0.0.1:1', 'r', 4);
    assert.deepEqual(
      [
        [5, 6],
        [9, 12],
        [4, 5],
        [9, 9],
      ].map(idsAreWhole),
      [true, true, false, false],
    );
  });
});

describe('the plan', () => {
  it('measures 1, 50, 200 and 500 streams unless asked for others, and less of all when it must be quick', () => {
    const [whole, quick] = [readPlan([]), readPlan(['--quick', '--streams', '1,20'])];
    assert.deepEqual(
      [whole.levels, quick.levels],
      [
        [1, 50, 200, 500],
        [1, 20],
      ],
    );
    assert.deepEqual(Object.keys(quick), Object.keys(whole));
    assert.ok(quick.firstChunk.samples < whole.firstChunk.samples);
  });

  it('refuses levels that are no numbers', () => {
    assert.throws(() => readPlan(['--streams', '1,many']), /--streams/);
  });
});
