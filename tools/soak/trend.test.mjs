// Run with: node --test tools/soak/trend.test.mjs
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { floorsOf, growsBeyond, trendOf } from './trend.mjs';

/** A saw: it rises for ten samples and falls back to what is kept. */
const saw = (growth) => Array.from({ length: 400 }, (_, at) => ({ at, value: 100 + (at % 10) * 3 + at * growth }));

describe('a trend', () => {
  it('is seen through the saw of garbage collection', () => {
    const trend = trendOf(floorsOf(saw(0.5), 20));
    assert.ok(Math.abs(trend.slope - 0.5) < 0.02, String(trend.slope));
    assert.equal(growsBeyond(trend, 0.4), true);
  });

  it('is none where nothing is kept', () => {
    const trend = trendOf(floorsOf(saw(0), 20));
    assert.ok(Math.abs(trend.slope) < 0.01);
    assert.equal(growsBeyond(trend, 0.01), false);
  });

  it('is not told where the noise is greater', () => {
    const noisy = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3].map((value, at) => ({ at, value }));
    assert.equal(growsBeyond(trendOf(noisy), 0), false);
  });
});
