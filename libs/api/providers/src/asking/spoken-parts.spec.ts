import { type WirePart } from '../wire-model';
import { spokenParts } from './spoken-parts';

/** A decoder whose events are parts, `done` or `broken`. */
function decoder() {
  return {
    done: false,
    accept({ data }: { readonly data: string }): readonly WirePart[] {
      if (data === 'broken') throw new Error('broken');
      this.done = data === 'done';
      return this.done ? [] : (JSON.parse(data) as WirePart[]);
    },
  };
}

const events = (...all: (WirePart | 'done' | 'broken')[]) =>
  all.map((each) => ({ data: typeof each === 'string' ? each : JSON.stringify([each]) }));
const text = (words: string): WirePart => ({ type: 'text', text: words });
const thought = (words: string): WirePart => ({ type: 'reasoning', text: words });

describe('what the events of one read say', () => {
  it('is one part for neighbours of one kind', () => {
    expect(spokenParts(events(thought('a'), thought('b'), text('c'), text('d'), thought('e')), decoder()).parts).toEqual([
      thought('ab'),
      text('cd'),
      thought('e'),
    ]);
  });

  it('is one sign of life for many', () => {
    expect(spokenParts(events({ type: 'activity' }, { type: 'activity' }), decoder()).parts).toEqual([{ type: 'activity' }]);
  });

  it('ends where the decoder is done', () =>
    expect(spokenParts(events(text('a'), 'done', text('b')), decoder())).toEqual({ parts: [text('a')] }));

  it('is kept when a later event is a failure', () => {
    expect(spokenParts(events(text('a'), text('b'), 'broken', text('c')), decoder())).toEqual({
      parts: [text('ab')],
      failure: new Error('broken'),
    });
  });
});
