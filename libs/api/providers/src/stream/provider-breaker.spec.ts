import { collectAnswer } from '@echo/testing';
import { providerFault } from '../errors/provider-fault';
import { type ProviderErrorKind } from '../errors/provider-error';
import { type LanguageModel, type ModelPart } from '../language-model';
import { guarded } from './guarded-model';
import { ProviderBreaker } from './provider-breaker';
import { RETRY_POLICY } from './retries';

const PAUSE_MS = 60_000;
const GUARDS = { maxChars: 1_000, firstContentMs: 60_000, idleMs: 60_000, totalMs: 600_000, retries: { ...RETRY_POLICY, tries: 1 } };

describe('the breaker of a provider', () => {
  let breaker: ProviderBreaker;
  let fate: ProviderErrorKind | 'well' | 'never';
  let asked: number;
  let now: number;
  let clock: jest.SpyInstance;

  beforeEach(() => {
    now = 1_000_000;
    clock = jest.spyOn(Date, 'now').mockImplementation(() => now);
    breaker = new ProviderBreaker('Test AI', { failures: 5, pauseMs: PAUSE_MS });
    fate = 'well';
    asked = 0;
  });
  afterEach(() => clock.mockRestore());

  const model: LanguageModel = {
    id: 'test/model',
    continues: true,
    async *stream(_, signal): AsyncGenerator<ModelPart> {
      asked++;
      if (fate === 'never')
        await new Promise((_, reject) => signal.addEventListener('abort', () => reject(providerFault('aborted', 'Test AI'))));
      yield { type: 'text', text: 'Hello' };
      if (fate !== 'well' && fate !== 'never') throw providerFault(fate, 'Test AI');
      yield { type: 'finish', reason: 'stop' };
    },
  };
  const ask = async (kind: typeof fate, signal = new AbortController().signal) => {
    fate = kind;
    const { error } = await collectAnswer(guarded(model, GUARDS, 'Test AI', breaker).stream({ messages: [] }, signal));
    return error;
  };
  const askTimes = async (times: number, kind: typeof fate) => {
    for (let time = 0; time < times; time++) await ask(kind);
  };

  it('lets nobody wait for a provider that failed five times in a row', async () => {
    await askTimes(4, 'server');
    expect(breaker.problem).toBeNull();
    await ask('network');
    expect(breaker.problem).toBe(
      'Test AI failed 5 times in a row. It is left alone for 60 s and then tried again; choose another model meanwhile.',
    );
    expect(await ask('well')).toMatchObject({ kind: 'overloaded', message: breaker.problem });
    expect(asked).toBe(5);
  });

  it('counts an answer as good though its reader leaves with the finish', async () => {
    await askTimes(4, 'server');
    fate = 'well';
    for await (const part of guarded(model, GUARDS, 'Test AI', breaker).stream({ messages: [] }, new AbortController().signal)) {
      if (part.type === 'finish') break;
    }
    await askTimes(4, 'server');
    expect(breaker.problem).toBeNull();
  });

  it('begins to count anew after every answer', async () => {
    await askTimes(4, 'truncated');
    await ask('well');
    await askTimes(4, 'rate_limit');
    expect(breaker.problem).toBeNull();
  });

  it.each(['auth', 'quota', 'bad_request', 'context_length', 'not_found', 'filter'] as const)('does not count %s', async (kind) => {
    await askTimes(6, kind);
    expect(breaker.problem).toBeNull();
  });

  it('does not count answers that a person stopped', async () => {
    await askTimes(4, 'server');
    for (let time = 0; time < 3; time++) await ask('never', AbortSignal.timeout(1));
    expect(breaker.problem).toBeNull();
    await ask('server');
    expect(breaker.problem).not.toBeNull();
  });

  it('lets one answer through after the pause, and everybody once it came', async () => {
    await askTimes(5, 'overloaded');
    now += PAUSE_MS + 1;
    const stop = new AbortController();
    const probe = ask('never', stop.signal);
    while (asked < 6) await Promise.resolve();
    expect(await ask('well')).toMatchObject({ kind: 'overloaded' });
    stop.abort();
    await probe;
    // It showed nothing: the next one probes again, after another pause.
    expect(await ask('well')).toMatchObject({ kind: 'overloaded' });
    now += PAUSE_MS + 1;
    expect(await ask('well')).toBeUndefined();
    expect(breaker.problem).toBeNull();
    expect(await ask('well')).toBeUndefined();
  });
});
