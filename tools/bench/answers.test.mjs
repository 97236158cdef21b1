import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { comparePieces, pieceOf } from './answers.mjs';
import { compare, quantile } from './statistics.mjs';

describe('the comparison of an answer with what the provider said', () => {
  const piece = (index) => pieceOf('a', index);

  for (const [what, text, expected] of [
    ['nothing in a whole answer', piece(0) + piece(1) + piece(2), { lost: 0, doubled: 0 }],
    ['a lost piece', piece(0) + piece(2), { lost: 1, doubled: 0 }],
    ['a doubled piece', piece(0) + piece(1) + piece(1) + piece(2), { lost: 0, doubled: 1 }],
    ['a piece in the wrong place', piece(0) + piece(2) + piece(1), { lost: 1, doubled: 1 }],
    ['a piece of another answer', piece(0) + piece(1) + pieceOf('b', 2), { lost: 1, doubled: 1 }],
    ['a cut piece', piece(0) + piece(1) + piece(2).slice(1), { lost: 1, doubled: 1 }],
    ['an answer that never came', '', { lost: 3, doubled: 0 }],
  ]) {
    it(`finds ${what}`, () => assert.deepEqual(comparePieces('a', 3, text), expected));
  }
});

describe('the figures', () => {
  it('takes the value that a share of all does not exceed', () => {
    const values = Array.from({ length: 200 }, (_, index) => 200 - index);
    assert.deepEqual([quantile(values, 0), quantile(values, 0.5), quantile(values, 0.99), quantile(values, 1)], [1, 100, 198, 200]);
    assert.equal(quantile([7], 0.99), 7);
  });

  it('subtracts the direct way from the one through the application', () => {
    assert.deepEqual(compare([1, 1, 3], [5, 5, 9]).added, { p50: 4, p99: 6 });
  });
});
