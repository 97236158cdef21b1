import { findCharacterFault } from '@echo/contract';
import { TextSmoother } from './text-smoother';

describe('TextSmoother', () => {
  it('shows an eighth of the backlog per frame, and at least four characters', () => {
    const smoother = new TextSmoother();
    smoother.push('x'.repeat(800));
    expect(smoother.take()).toHaveLength(100);
    expect(smoother.take()).toHaveLength(88);
    smoother.takeAll();
    smoother.push('abcdef');
    expect(smoother.take()).toBe('abcd');
    expect(smoother.take()).toBe('ef');
    expect(smoother.take()).toBe('');
  });

  it('loses and repeats nothing, whatever comes in between', () => {
    const smoother = new TextSmoother();
    let shown = '';
    let sent = '';
    for (let round = 0; round < 200; round++) {
      const chunk = `${round}·`.repeat(round % 7);
      sent += chunk;
      smoother.push(chunk);
      shown += smoother.take();
    }
    while (smoother.backlog > 0) shown += smoother.take();
    expect(shown).toBe(sent);
  });

  it('never splits a surrogate pair', () => {
    const smoother = new TextSmoother();
    smoother.push('abc👋👋👋👋👋👋👋👋x');
    while (smoother.backlog > 0) expect(findCharacterFault(smoother.take())).toBeUndefined();
  });

  it('keeps the lag of a fast stream within some frames', () => {
    const smoother = new TextSmoother();
    for (let frame = 0; frame < 500; frame++) {
      smoother.push('x'.repeat(20));
      smoother.take();
    }
    expect(smoother.backlog).toBeLessThanOrEqual(20 * 8);
  });
});
