import { type SequencedEvent } from '@echo/contract';
import { mergeText } from './merge-text';

const content = (seq: number, chunk: string): SequencedEvent => ({ seq, event: { type: 'content', chunk } });

describe('mergeText', () => {
  it('joins neighbours under the number of the last', () => {
    expect(mergeText([content(2, 'a'), content(3, 'b'), { seq: 4, event: { type: 'reasoning', chunk: 'r' } }, content(5, 'c')])).toEqual([
      content(3, 'ab'),
      { seq: 4, event: { type: 'reasoning', chunk: 'r' } },
      content(5, 'c'),
    ]);
  });

  it('never makes an event that is larger than a viewer takes at once', () => {
    const merged = mergeText(Array.from({ length: 100 }, (_, index) => content(index + 1, 'x'.repeat(10_000))));
    expect(merged.length).toBeGreaterThan(30);
    expect(merged.at(-1)?.seq).toBe(100);
    expect(Math.max(...merged.map(({ event }) => (event.type === 'content' ? event.chunk.length : 0)))).toBeLessThanOrEqual(32 * 1024);
  });
});
