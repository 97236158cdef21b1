import { findCharacterFault } from '@echo/contract';
import { TextSmoother } from './text-smoother';

describe('TextSmoother', () => {
  let smoother: TextSmoother;
  beforeEach(() => (smoother = new TextSmoother()));

  it('spreads a burst evenly over 80 ms', () => {
    smoother.push('x'.repeat(600), 1_000);
    const shown = [16, 32, 48, 64, 80].map((ms) => smoother.take(1_000 + ms).length);
    expect(shown).toEqual([120, 120, 120, 120, 120]);
    expect(smoother.backlog).toBe(0);
  });

  it('shows at least four characters per frame, so that few do not trickle', () => {
    smoother.push('abcdef', 0);
    expect(smoother.take(1)).toBe('abcd');
    expect(smoother.take(2)).toBe('ef');
    expect(smoother.take(3)).toBe('');
  });

  it.each([4, 8, 16.7, 33.3, 50, 79])('leaves nothing waiting for more than 80 ms where a frame takes %d ms', (frame) => {
    const arrived: number[] = [];
    let worst = 0;
    let shown = 0;
    let drawAt = 0;
    for (let now = 0; now < 3_000; now++) {
      const chunk = now % 701 === 0 ? 900 : now % 37 === 0 ? 25 : 0;
      if (chunk > 0) {
        smoother.push('x'.repeat(chunk), now);
        for (let index = 0; index < chunk; index++) arrived.push(now);
      }
      if (now < drawAt + frame) continue;
      drawAt += frame;
      for (const end = shown + smoother.take(drawAt).length; shown < end; shown++) worst = Math.max(worst, drawAt - (arrived[shown] ?? 0));
    }
    expect(shown).toBeGreaterThan(0.95 * arrived.length);
    expect(worst).toBeGreaterThan(0);
    // The first frame after a pause cannot know how late the next one is.
    expect(worst).toBeLessThanOrEqual(Math.max(80, 2 * frame));
  });

  it('shows all at once where a frame takes longer than text may wait', () => {
    smoother.push('x'.repeat(500), 0);
    expect(smoother.take(60)).toHaveLength(500);
  });

  it('loses and repeats nothing, whatever comes in between', () => {
    let shown = '';
    let sent = '';
    for (let round = 0; round < 200; round++) {
      const chunk = `${round}·`.repeat(round % 7);
      sent += chunk;
      smoother.push(chunk, round * 10);
      shown += smoother.take(round * 10 + (round % 9));
    }
    while (smoother.backlog > 0) shown += smoother.take(2_000);
    expect(shown).toBe(sent);
  });

  it('never splits a surrogate pair', () => {
    smoother.push('abc👋👋👋👋👋👋👋👋x', 0);
    for (let now = 1; smoother.backlog > 0; now++) expect(findCharacterFault(smoother.take(now))).toBeUndefined();
  });
});
