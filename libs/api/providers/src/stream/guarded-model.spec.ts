import { collectAnswer } from '@echo/testing';
import { type WireModel, type WirePart } from '../wire-model';
import { guarded } from './guarded-model';
import { RETRY_POLICY } from './retries';

const never = new AbortController().signal;

describe('a guarded model that says too much', () => {
  const state = { closed: false };
  const answer = (maxChars: number, parts: Iterable<WirePart>) => {
    state.closed = false;
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
    const guards = { maxChars, firstContentMs: 60_000, idleMs: 60_000, totalMs: 600_000, retries: RETRY_POLICY };
    return collectAnswer(guarded(model, guards, 'Test AI').stream({ messages: [] }, never));
  };
  const text = (text: string): WirePart => ({ type: 'text', text });
  const finish: WirePart = { type: 'finish', reason: 'stop' };

  it('may say exactly as much as the limit', async () => {
    expect((await answer(5, [text('abc'), text('de'), finish])).parts.at(-1)).toEqual(finish);
  });

  it('ends with length, and its stream is closed', async () => {
    const outcome = await answer(5, [text('abc'), text('def'), finish]);
    expect([outcome.text, outcome.finish, state.closed]).toEqual(['abcde', { type: 'finish', reason: 'length' }, true]);
  });

  it('is cut in its reasoning too', async () => {
    const { reasoning, text: said } = await answer(3, [{ type: 'reasoning', text: '😀😀' }, text('😀😀'), finish]);
    expect([reasoning, said]).toEqual(['😀😀', '😀']);
  });

  it('is ended if it never would end', async () => {
    const endless = (function* (): Generator<WirePart> {
      for (;;) yield text('x'.repeat(1000));
    })();
    expect((await answer(1_000_000, endless)).text).toHaveLength(1_000_000);
  });
});
