// Run with: node --test tools/soak/findings.test.mjs
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findings } from './findings.mjs';

const sampled = (growth) =>
  Array.from({ length: 100 }, (_, at) => ({ hours: at / 100, rss: 200 + (at % 5) + at * growth, heap: 60, handles: 500 }));
const good = {
  minutes: 3,
  streams: 100,
  samples: sampled(0),
  before: { heap: 50, handles: 20, busy: 0, answers: 1_000 },
  after: { heap: 51, handles: 22, busy: 0, answers: 3_000 },
  tally: { done: 2_900, stopped: 100, resumed: 300, failed: 0 },
  events: 100_000,
  output: '',
};
const faults = (more) => findings({ ...good, ...more }).flatMap(([words, isGood]) => (isGood ? [] : [words]));

describe('the findings of a soak', () => {
  it('are good where nothing grows', () => assert.deepEqual(faults({}), []));

  for (const [what, more, words] of [
    ['what each answer leaves in the heap', { after: { ...good.after, heap: 54 } }, /^the heap at rest/],
    ['handles that nobody closed', { after: { ...good.after, handles: 40 } }, /^handles at rest/],
    ['a log that is not emptied', { events: 300_001 }, /^run_event/],
    ['an answer that nobody ended', { after: { ...good.after, busy: 1 } }, /^viewers and live answers/],
    ['an answer that failed', { tally: { ...good.tally, failed: 1 } }, /^answers/],
    ['nobody who was answered', { tally: { ...good.tally, done: 0 } }, /^answers/],
    ['more memory than a replica gets', { samples: sampled(4) }, /^resident memory at most/],
    ['listeners that pile up', { output: 'MaxListenersExceededWarning: …' }, /^no warning/],
  ])
    it(`tell of ${what}`, () => {
      const [fault, ...others] = faults(more);
      assert.match(fault ?? '', words);
      assert.deepEqual(others, []);
    });

  it('leave out what resident memory takes again after a rest', () => {
    const samples = sampled(0).map((sample, at) => ({ ...sample, rss: sample.rss + Math.min(at, 30) }));
    assert.deepEqual(faults({ samples, minutes: 60 }), []);
  });

  it('judge what resident memory does in an hour only where there is enough of one', () => {
    const samples = sampled(0.05);
    assert.deepEqual(faults({ samples }), []);
    assert.match(faults({ samples, minutes: 60 })[0] ?? '', /^resident memory more/);
  });
});
