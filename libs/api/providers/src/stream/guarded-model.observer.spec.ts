import { type BegunCall, type CallEnd, type CallObserver } from '../call-observer';
import { ProviderError } from '../errors/provider-error';
import { type WireModel, type WirePart } from '../wire-model';
import { guarded } from './guarded-model';
import { RETRY_POLICY } from './retries';

const SAID: WirePart[] = [
  { type: 'text', text: 'Hello' },
  { type: 'finish', reason: 'stop', usage: { input_tokens: 1, output_tokens: 2 }, model: 'm-2' },
];

/** Asks a model that does the next of `outcomes` with each try, and takes at most `parts` of what it says. Returns what an observer heard. */
async function heard(
  outcomes: (readonly WirePart[] | Error)[],
  { parts = Infinity, maxChars = 100, signal = new AbortController().signal } = {},
) {
  const calls: (BegunCall & { ends: CallEnd[] })[] = [];
  const observer: CallObserver = {
    began: (call) => {
      const ends: CallEnd[] = [];
      calls.push({ ...call, ends });
      return { ended: (end) => ends.push(end) };
    },
  };
  const model: WireModel = {
    id: 'test/model',
    continues: true,
    async *stream(_request, aborted) {
      await Promise.resolve();
      const outcome = outcomes.shift() ?? [];
      if (outcome instanceof Error) throw outcome;
      for (const part of outcome) yield part;
      if (aborted.aborted) throw new ProviderError('aborted', 'Stopped.');
    },
  };
  const retries = { ...RETRY_POLICY, wait: () => Promise.resolve() };
  const guards = { maxChars, firstContentMs: 60_000, idleMs: 60_000, totalMs: 600_000, retries, observer };
  let taken = 0;
  try {
    for await (const part of guarded(model, guards, 'Test AI').stream({ messages: [] }, signal)) {
      if (part.type !== 'status' && ++taken >= parts) break;
    }
  } catch (error) {
    // What it throws, other specs look at.
    if (!(error instanceof Error)) throw error;
  }
  return calls.map(({ ends: [first], ...call }) => [call, first]);
}

describe('the observer of a guarded model', () => {
  it('hears of each try and how it ended', async () => {
    const busy = new ProviderError('overloaded', 'Busy.', { status: 529 });
    expect(await heard([busy, SAID])).toEqual([
      [
        { model: 'test/model', attempt: 1 },
        { error: 'overloaded', status: 529 },
      ],
      [
        { model: 'test/model', attempt: 2 },
        expect.objectContaining({ reason: 'stop', usage: { input_tokens: 1, output_tokens: 2 }, model: 'm-2' }),
      ],
    ]);
  });

  it('hears that an answer was cut for its length', async () => {
    expect((await heard([SAID], { maxChars: 3 }))[0]?.[1]).toEqual({ reason: 'length' });
  });

  it('hears that the rest was not wanted, by whoever stops or leaves', async () => {
    expect((await heard([SAID], { parts: 1 }))[0]?.[1]).toEqual({ error: 'aborted' });
    expect((await heard([SAID.slice(0, 1)], { signal: AbortSignal.abort() }))[0]?.[1]).toEqual({ error: 'aborted' });
  });

  it('is told a defect of ours without its words', async () => {
    expect((await heard([new TypeError('secret')]))[0]?.[1]).toEqual({ error: 'defect' });
  });
});
