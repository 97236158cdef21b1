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

  /** How long text waited at most, where the frames take so long in turn: at all, and once some bursts after pauses have come. */
  function worstOf(...frames: readonly number[]): readonly [number, number] {
    const arrived: number[] = [];
    const worst = [0, 0] satisfies [number, number];
    let [shown, drawAt, turn] = [0, 0, 0];
    for (let now = 0; now < 20_000; now++) {
      const chunk = now % 701 === 0 ? 900 : now % 701 < 350 && now % 37 === 0 ? 25 : 0;
      if (chunk > 0) {
        smoother.push('x'.repeat(chunk), now);
        for (let index = 0; index < chunk; index++) arrived.push(now);
      }
      const frame = frames[turn % frames.length] ?? 0;
      if (now < drawAt + frame) continue;
      [drawAt, turn] = [drawAt + frame, turn + 1];
      for (const end = shown + smoother.take(drawAt).length; shown < end; shown++) {
        const waited = drawAt - (arrived[shown] ?? 0);
        worst[0] = Math.max(worst[0], waited);
        if (now > 10_000) worst[1] = Math.max(worst[1], waited);
      }
    }
    expect(shown).toBeGreaterThan(0.95 * arrived.length);
    return worst;
  }

  it.each([4, 8, 16.7, 33.3, 50])(
    'shows nothing later than after 150 ms, the frame that draws it included, where one takes %d ms',
    (frame) => {
      const [worst, later] = worstOf(frame);
      expect(worst + frame).toBeLessThanOrEqual(150);
      expect(later).toBeLessThanOrEqual(80);
    },
  );

  it.each([
    ['79 ms', [79]],
    ['100 ms', [100]],
    ['17 ms, and every fifth 79', [17, 17, 17, 17, 79]],
    ['8 ms, and every ninth 85', [8, 8, 8, 8, 8, 8, 8, 8, 85]],
  ])('lets nothing wait for more than 150 ms where frames take %s', (_frames, frames) => {
    expect(worstOf(...frames)[0]).toBeLessThanOrEqual(150);
  });

  it('adds no wait of its own to slow frames, once it knows them', () => {
    expect(worstOf(100)[1]).toBeLessThanOrEqual(100);
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
