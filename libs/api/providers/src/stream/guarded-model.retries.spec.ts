import { collectAnswer } from '@echo/testing';
import { providerFault } from '../errors/provider-fault';
import { type ProviderErrorDetails, type ProviderErrorKind } from '../errors/provider-error';
import { type LanguageModel, type ModelPart } from '../language-model';
import { guarded } from './guarded-model';
import { RETRY_POLICY, type RetryPolicy } from './retries';

const never = new AbortController().signal;
const hello: ModelPart[] = [
  { type: 'text', text: 'Hello' },
  { type: 'finish', reason: 'stop' },
];

/** A model that does the next thing of `outcomes` each time it is asked. */
function scripted(...outcomes: (readonly ModelPart[] | Error)[]) {
  let tries = 0;
  const model: LanguageModel = {
    id: 'test/model',
    continues: true,
    async *stream() {
      await Promise.resolve();
      const outcome = outcomes[tries++] ?? [];
      if (outcome instanceof Error) throw outcome;
      for (const part of outcome) {
        if (part.type === 'text' && part.text === 'FAIL') throw fault('server');
        yield part;
      }
    },
  };
  return { model, tries: () => tries };
}

function withRetries(model: LanguageModel, retries: RetryPolicy): LanguageModel {
  return guarded(model, { maxChars: 1_000_000, firstContentMs: 60_000, idleMs: 60_000, totalMs: 600_000, retries }, 'Test AI');
}

function fault(kind: ProviderErrorKind, details: ProviderErrorDetails = {}) {
  return providerFault(kind, 'Test AI', details);
}

function ask(model: LanguageModel, signal = never) {
  const waits: number[] = [];
  const wait = (ms: number) => Promise.resolve(waits.push(ms));
  const retried = withRetries(model, { ...RETRY_POLICY, random: () => 0.5, wait });
  return collectAnswer(retried.stream({ messages: [] }, signal)).then((outcome) => ({ ...outcome, waits }));
}

describe('a guarded model, after a failure,', () => {
  it.each([
    ['network', {}],
    ['rate_limit', { status: 429 }],
    ['overloaded', { status: 529 }],
    ['server', { status: 500 }],
    ['timeout', { status: 408 }],
  ] as const)('asks again after %s and announces each wait', async (kind, details) => {
    const { model, tries } = scripted(fault(kind, details), fault(kind, details), hello);
    const { parts, waits } = await ask(model);
    expect(waits).toEqual([250, 500]);
    expect(parts.slice(0, 2)).toEqual(waits.map((waitMs) => expect.objectContaining({ type: 'status', status: 'retrying', waitMs })));
    expect(parts.slice(2)).toEqual(hello);
    expect(tries()).toBe(3);
  });

  it.each([
    'auth',
    'quota',
    'context_length',
    'not_found',
    'bad_request',
    'truncated',
    'protocol',
    'filter',
    'aborted',
    'timeout',
  ] as const)('does not ask again after %s', async (kind) => {
    const { model, tries } = scripted(fault(kind), hello);
    expect((await ask(model)).error).toMatchObject({ kind });
    expect(tries()).toBe(1);
  });

  it('gives up after three tries, with the last failure', async () => {
    const { model, tries } = scripted(fault('server'), fault('server'), fault('overloaded'), hello);
    expect((await ask(model)).error).toMatchObject({ kind: 'overloaded' });
    expect(tries()).toBe(3);
  });

  it.each(['text', 'reasoning'] as const)('never asks again once %s came', async (type) => {
    const { model, tries } = scripted(
      [
        { type, text: 'a' },
        { type: 'text', text: 'FAIL' },
      ],
      hello,
    );
    const { error, parts } = await ask(model);
    expect([tries(), parts]).toEqual([1, [{ type, text: 'a' }]]);
    expect(error).toMatchObject({ kind: 'server' });
  });

  it('waits as long as the provider asked, up to 30 s', async () => {
    const { model } = scripted(fault('rate_limit', { retryAfterMs: 30_000 }), hello);
    expect(await ask(model)).toMatchObject({ waits: [30_000], text: 'Hello' });
  });

  it('fails at once when the provider asks for more than 30 s', async () => {
    const { model, tries } = scripted(fault('rate_limit', { retryAfterMs: 30_001 }), hello);
    expect((await ask(model)).error).toMatchObject({ kind: 'rate_limit', retryAfterMs: 30_001 });
    expect(tries()).toBe(1);
  });

  it('keeps the first waits below 0.5 s and 1 s, and all below 8 s', async () => {
    const { model } = scripted(...Array.from({ length: 9 }, () => fault('server')), hello);
    const waits: number[] = [];
    const policy = { ...RETRY_POLICY, tries: 10, random: () => 1, wait: (ms: number) => Promise.resolve(waits.push(ms)) };
    await collectAnswer(withRetries(model, policy).stream({ messages: [] }, never));
    expect(waits).toEqual([500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000, 8_000, 8_000]);
  });

  it('stops in the middle of a wait', async () => {
    const abort = new AbortController();
    const { model, tries } = scripted(fault('rate_limit', { retryAfterMs: 29_000 }), hello);
    const answer = withRetries(model, RETRY_POLICY).stream({ messages: [] }, abort.signal);
    const outcome = collectAnswer(answer, ({ type }) => type === 'status' && setImmediate(() => abort.abort()));
    expect((await outcome).error).toMatchObject({ kind: 'aborted' });
    expect(tries()).toBe(1);
  });
});
