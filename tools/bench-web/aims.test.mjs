import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judge } from './aims.mjs';

const renderers = { echo: { 16384: 100, 65536: 400 }, 'ngx-markdown': { 16384: 3_000 }, 'streaming-markdown': { 16384: 20, 65536: 200 } };
const page = { longestTask: 0, frame: 16.7, interaction: 40, heap: 2, echo: 20, arrivalToPixels: NaN, wake: 500 };

test('every figure has a verdict, and what was not measured is missed', () => {
  const missed = judge({ renderers, page }).filter(({ verdict }) => verdict === 'missed');
  assert.deepEqual(
    missed.map(({ name }) => name),
    ['script for 16 kB, beside streaming-markdown', 'arrival to pixels p95'],
  );
  assert.equal(judge({ renderers, page }).length, 11);
});
