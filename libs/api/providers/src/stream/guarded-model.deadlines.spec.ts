import { setTimeout as delay } from 'node:timers/promises';
import { collectAnswer } from '@echo/testing';
import { providerFault } from '../errors/provider-fault';
import { type ModelPart } from '../language-model';
import { type WireModel, type WirePart } from '../wire-model';
import { guarded, type Guards } from './guarded-model';
import { RETRY_POLICY } from './retries';

const never = new AbortController().signal;
const guards: Guards = {
  maxChars: 1_000_000,
  firstContentMs: 60_000,
  idleMs: 10_000,
  totalMs: 6_000_000,
  retries: { ...RETRY_POLICY, tries: 1 },
};
const text: ModelPart = { type: 'text', text: 'a' };
const finish: ModelPart = { type: 'finish', reason: 'stop' };

/** A model that yields parts and waits for milliseconds, and obeys its signal. */
function scripted(...script: (WirePart | number)[]): WireModel {
  return {
    id: 'test/model',
    continues: true,
    async *stream(_, signal) {
      for (const step of script) {
        if (typeof step === 'number') await sleep(step, signal);
        else yield step;
      }
    },
  };
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(providerFault('aborted', 'Test AI'));
    });
  });
}

describe('a guarded model, kept waiting,', () => {
  beforeEach(() => jest.useFakeTimers({ doNotFake: ['setImmediate'] }));
  afterEach(() => jest.useRealTimers());

  async function outcomeOf(model: WireModel, signal = never) {
    const outcome = collectAnswer(guarded(model, guards, 'Test AI').stream({ messages: [] }, signal));
    await jest.runAllTimersAsync();
    return outcome;
  }

  it('fails when no content comes in time, with a sentence', async () => {
    const { error, parts } = await outcomeOf(scripted({ type: 'activity' }, 59_000, { type: 'activity' }, 1_001, text, finish));
    expect(error).toMatchObject({ kind: 'timeout', message: 'Test AI sent nothing for 60 s. Try again, or choose another model.' });
    expect(parts).toEqual([]);
  });

  it('fails when the provider falls silent in the middle, and keeps what came', async () => {
    const { error, parts } = await outcomeOf(scripted(text, 10_001, text, finish));
    expect(error).toMatchObject({ kind: 'timeout', message: expect.stringContaining('fell silent for 10 s') });
    expect(parts).toEqual([text]);
  });

  it('takes content, reasoning and signs of life for progress', async () => {
    const { error, parts } = await outcomeOf(
      scripted(
        59_000,
        { type: 'reasoning', text: 'r' },
        9_000,
        text,
        9_000,
        { type: 'activity' },
        9_000,
        { type: 'activity' },
        9_000,
        finish,
      ),
    );
    expect([error, parts.map(({ type }) => type)]).toEqual([undefined, ['reasoning', 'text', 'finish']]);
  });

  it('waits for an answer that comes as a whole', async () => {
    expect((await outcomeOf(scripted({ type: 'unstreamed' }, 600_000, text, finish))).error).toBeUndefined();
  });

  it('does not count the time that the consumer takes', async () => {
    const answer = guarded(scripted(text, text, 9_000, text, finish), guards, 'Test AI').stream({ messages: [] }, never);
    const seen: string[] = [];
    const reading = (async () => {
      for await (const part of answer) {
        seen.push(part.type);
        await new Promise((resolve) => setTimeout(resolve, 30_000));
      }
    })();
    await jest.runAllTimersAsync();
    await reading;
    expect(seen).toEqual(['text', 'text', 'text', 'finish']);
  });

  it('leaves a stop of the caller what it is', async () => {
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 5_000);
    expect((await outcomeOf(scripted(text, 9_000, finish), abort.signal)).error).toMatchObject({ kind: 'aborted' });
  });

  it('leaves no timer behind', async () => {
    await outcomeOf(scripted(text, finish));
    await outcomeOf(scripted(text, 10_001));
    expect(jest.getTimerCount()).toBe(0);
  });

  it('ends an answer that takes too long in all', async () => {
    const slow = guarded(scripted(text, 9_000, text, 9_000, text, 9_000, finish), { ...guards, totalMs: 20_000 }, 'Test AI');
    const outcome = collectAnswer(slow.stream({ messages: [] }, never));
    await jest.runAllTimersAsync();
    const { error, parts } = await outcome;
    expect(error).toMatchObject({ kind: 'timeout', message: expect.stringContaining('did not finish within 20 s') });
    expect(parts).toHaveLength(3);
    expect(jest.getTimerCount()).toBe(0);
  });
});

it('obeys real time as well', async () => {
  const stalled: WireModel = {
    id: 'test/model',
    continues: true,
    async *stream(_, signal) {
      yield text;
      try {
        await delay(60_000, undefined, { signal });
      } catch (cause) {
        throw providerFault('aborted', 'Test AI', { cause });
      }
    },
  };
  const { error } = await collectAnswer(
    guarded(stalled, { ...guards, firstContentMs: 1_000, idleMs: 20 }, 'Test AI').stream({ messages: [] }, never),
  );
  expect(error).toMatchObject({ kind: 'timeout' });
});
