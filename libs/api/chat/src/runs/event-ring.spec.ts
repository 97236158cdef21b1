import { type SequencedEvent } from '@echo/contract';
import { EventRing } from './event-ring';

const content = (seq: number, chars = 1): SequencedEvent => ({ seq, event: { type: 'content', chunk: 'x'.repeat(chars) } });

describe('EventRing', () => {
  it('gives what came after a number', () => {
    const ring = new EventRing();
    [1, 2, 3].forEach((seq) => ring.push(content(seq)));
    expect(ring.after(0)?.map((each) => each.seq)).toEqual([1, 2, 3]);
    expect(ring.after(2)?.map((each) => each.seq)).toEqual([3]);
    expect(ring.after(3)).toEqual([]);
    expect(ring.after(99)).toEqual([]);
  });

  it('drops the oldest events past its capacity, and says when they are asked for', () => {
    const ring = new EventRing(1_000);
    for (let seq = 1; seq <= 10; seq++) ring.push(content(seq, 200));
    expect(ring.after(0)).toBeUndefined();
    const kept = ring.after(9);
    expect(kept?.map((each) => each.seq)).toEqual([10]);
    const oldest = [1, 2, 3, 4, 5, 6, 7, 8, 9].find((seq) => ring.after(seq) !== undefined) as number;
    expect((ring.after(oldest) as SequencedEvent[]).length * 264).toBeLessThanOrEqual(1_000);
  });

  it('keeps one event however large it is', () => {
    const ring = new EventRing(10);
    ring.push(content(1));
    ring.push(content(2, 5_000));
    expect(ring.after(1)?.length).toBe(1);
  });
});
