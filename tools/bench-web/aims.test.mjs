import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judge } from './aims.mjs';

const renderers = {
  echo: { 16384: 100, 65536: 400 },
  'echo-drawing': { 16384: 90, 65536: 400 },
  'echo-drawing, plain code': { 16384: 80, 65536: 300 },
  'ngx-markdown': { 16384: 3_000 },
  'streaming-markdown': { 16384: 20, 65536: 200 },
  'streaming-markdown in Angular': { 16384: 30, 65536: 200 },
};
const page = {
  firstPaint: 300,
  usable: 700,
  longestTaskAtStart: 0,
  longestTask: 0,
  longestTaskAtEnd: 60,
  frame: 16.7,
  frameOfEmptyPage: 16.7,
  interaction: 40,
  heap: 2,
  heapMean: 4,
  echo: 20,
  arrivalToPixels: NaN,
  wake: 500,
};

test('every aim has a verdict, and what could not be measured is missed', () => {
  const aimed = judge({ renderers, page }).filter(({ aim }) => aim !== undefined);
  assert.deepEqual(
    aimed.filter(({ verdict }) => verdict === 'missed').map(({ name }) => name),
    [
      'script for 16 kB, beside streaming-markdown',
      'the same without Angular, for 16 kB of a text with no code to highlight',
      'longest task over 50 ms at the end of an answer',
      'the same, their mean',
      'arrival to pixels p95',
    ],
  );
  assert.equal(aimed.length, 18);
});

test('a part that was not asked for has no figures', () => {
  assert.equal(judge({ renderers }).length, 8);
  assert.deepEqual(
    judge({ page: { wake: 500 } }).map(({ name, verdict }) => [name, verdict]),
    [['wake to text', 'hit']],
  );
});
