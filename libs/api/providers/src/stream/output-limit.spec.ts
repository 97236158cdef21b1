import { collectAnswer } from '@echo/testing';
import { type WireModel, type WirePart } from '../wire-model';
import { MAX_PART_LENGTH, withOutputLimit } from './output-limit';

const never = new AbortController().signal;

function scripted(parts: Iterable<WirePart>) {
  const state = { closed: false };
  const model: WireModel = {
    id: 'test/model',
    continues: true,
    async *stream() {
      await Promise.resolve();
      try {
        yield* parts;
      } finally {
        state.closed = true;
      }
    },
  };
  return { model, state };
}

const finish: WirePart = { type: 'finish', reason: 'stop' };

describe('withOutputLimit', () => {
  it('lets an answer of exactly the limit through', async () => {
    const { model } = scripted([{ type: 'text', text: 'abc' }, { type: 'text', text: 'de' }, finish]);
    const { parts } = await collectAnswer(withOutputLimit(model, 5).stream({ messages: [] }, never));
    expect(parts.at(-1)).toEqual(finish);
  });

  it('cuts one character more, ends with length and closes the stream', async () => {
    const { model, state } = scripted([{ type: 'text', text: 'abc' }, { type: 'text', text: 'def' }, finish]);
    const outcome = await collectAnswer(withOutputLimit(model, 5).stream({ messages: [] }, never));
    expect([outcome.text, outcome.finish]).toEqual(['abcde', { type: 'finish', reason: 'length' }]);
    expect(state.closed).toBe(true);
  });

  it('counts code points, and reasoning too', async () => {
    const { model } = scripted([{ type: 'reasoning', text: '😀😀' }, { type: 'text', text: '😀😀' }, finish]);
    const { text, reasoning } = await collectAnswer(withOutputLimit(model, 3).stream({ messages: [] }, never));
    expect([reasoning, text]).toEqual(['😀😀', '😀']);
  });

  it('ends a model that never would', async () => {
    const endless = (function* (): Generator<WirePart> {
      for (;;) yield { type: 'text', text: 'x'.repeat(1000) };
    })();
    const { text } = await collectAnswer(withOutputLimit(scripted(endless).model, 1_000_000).stream({ messages: [] }, never));
    expect(text).toHaveLength(1_000_000);
  });

  it('cuts a long part into pieces that split no pair', async () => {
    const long = 'a' + '😀'.repeat(MAX_PART_LENGTH);
    const { model } = scripted([{ type: 'text', text: long }, finish]);
    const { parts, text } = await collectAnswer(withOutputLimit(model, 1_000_000).stream({ messages: [] }, never));
    expect(text).toBe(long);
    const pieces = parts.flatMap((part) => (part.type === 'text' ? [part.text] : []));
    expect(pieces).toHaveLength(3);
    for (const piece of pieces) {
      expect(piece.length).toBeLessThanOrEqual(MAX_PART_LENGTH);
      expect(/\p{Cs}/u.test(piece)).toBe(false);
    }
  });
});
