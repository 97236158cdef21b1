// Run with: node --test tools/bench/containers/report.test.mjs
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formatReport, judge } from './report.mjs';

const crowd = {
  startMs: 9_000,
  streams: 100,
  framesPerSecond: 2_000,
  piecesPerSecond: 3_900,
  gap: { p50: 27, p99: 60, count: 1 },
  lost: 0,
  doubled: 0,
};
const measured = {
  image: { raw: 190e6, compressed: 70e6, coldBuildMs: 100_000 },
  stack: { startMs: 6_000, idleBytes: 145 * 2 ** 20 },
  one: crowd,
  three: { ...crowd, gap: { p50: 28, p99: 70, count: 1 } },
  rolling: { ms: 40_000, answers: 500, reconnects: 3, mostReconnects: 1, askedAgain: 2, lost: 0, doubled: 0 },
  streams: 50,
};
const missed = (more) =>
  judge({ ...measured, ...more })
    .filter(({ value, aim }) => !(value <= aim))
    .map(({ name }) => name);

describe('what is aimed at with containers', () => {
  it('is hit by these figures, and each stands in the report', () => {
    assert.deepEqual(missed({}), []);
    const report = formatReport(measured);
    for (const { name } of judge(measured)) assert.ok(report.includes(name), name);
    assert.equal(report.includes('missed'), false);
  });

  it('is missed by text that is lost or doubled, and told apart', () => {
    assert.deepEqual(missed({ rolling: { ...measured.rolling, doubled: 1 } }), ['lost and doubled pieces, rolling restart']);
    assert.deepEqual(missed({ three: { ...crowd, lost: 2 } }), ['lost and doubled pieces']);
  });

  it('is missed by what was not measured', () => assert.deepEqual(missed({ stack: { startMs: 6_000, idleBytes: NaN } }), ['idle memory']));
});
