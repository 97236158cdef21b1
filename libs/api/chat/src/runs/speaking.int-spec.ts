import { ConversationStore, LedgerStore, MessageStore, PersistenceModule, ReplicaStore, RunStore } from '@echo/api-persistence';
import { type AskedModel, type ModelPart, type ModelRequest, ModelRegistry, ProviderError } from '@echo/api-providers';
import { LOCAL_USER } from '@echo/api-security';
import { type SequencedEvent, type Usage } from '@echo/contract';
import { startTestPostgres, type TestPostgres } from '@echo/testing';
import { Logger, type DynamicModule } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { setTimeout as delay } from 'node:timers/promises';
import { lastValueFrom, toArray } from 'rxjs';
import { ChatModule } from '../chat.module';
import { ChatService } from '../chat.service';
import { type ChatSettings } from '../settings';
import { conversationOf, messageOf } from '../views';
import { LOCAL } from '../testing/local-access';
import { RunKeeper } from './run-keeper';

const SETTINGS: ChatSettings = {
  maxPromptChars: 100_000,
  promptGuard: 'flag',
  maxLiveRuns: 10,
  maxQueuedRuns: 10,
  eventRetentionSeconds: 3600,
  drainSeconds: 0,
  aloneOnDatabase: true,
  onFenced: () => undefined,
};
const USAGE: Usage = { input_tokens: 100, output_tokens: 20 };
const finish: ModelPart = { type: 'finish', reason: 'stop', usage: USAGE };
const text = (said: string): ModelPart => ({ type: 'text', text: said });
const thought = (said: string): ModelPart => ({ type: 'reasoning', text: said });
const failure = (kind: 'server' | 'filter' | 'auth' | 'truncated') => new ProviderError(kind, `It has ${kind} trouble.`);

/** A model that says `parts`, pauses for a number of milliseconds, or throws what is an error. A token costs a dollar. */
function model(name: string, parts: readonly (ModelPart | ProviderError | 'wait' | number)[], more: Partial<AskedModel> = {}): AskedModel {
  return {
    provider: 'test',
    model: name,
    contextLength: null,
    cost: ({ input_tokens, output_tokens }) => ({ amount: input_tokens + output_tokens, currency: 'USD' }),
    next: () => Promise.resolve(undefined),
    languageModel: {
      id: `test/${name}`,
      continues: true,
      async *stream({ messages }: ModelRequest, signal: AbortSignal): AsyncGenerator<ModelPart> {
        requests.push(messages.map(({ content }) => content));
        await Promise.resolve();
        for (const part of parts) {
          if (part instanceof ProviderError) throw part;
          if (typeof part === 'number') await delay(part);
          else if (part !== 'wait') yield part;
          else await new Promise<never>((_, fail) => signal.addEventListener('abort', () => fail(signal.reason as Error)));
        }
      },
    },
    ...more,
  };
}
/** What the models of a test were given. */
let requests: string[][] = [];

describe('answers, their stand-ins and what they cost, on a real PostgreSQL', () => {
  let postgres: TestPostgres;
  let module: TestingModule;
  let chat: ChatService;
  let asked: AskedModel;

  beforeAll(async () => {
    Logger.overrideLogger(false);
    postgres = await startTestPostgres();
    class Providers {}
    const registry = { resolve: () => Promise.resolve(asked), cost: () => ({ amount: 7, currency: 'USD' }) };
    const providers: DynamicModule = {
      module: Providers,
      providers: [{ provide: ModelRegistry, useValue: registry }],
      exports: [ModelRegistry],
    };
    const persistence = PersistenceModule.register({ url: postgres.url, poolSize: 5 });
    module = await Test.createTestingModule({ imports: [ChatModule.register(SETTINGS, [persistence, providers, LOCAL])] }).compile();
    await module.init();
    await module.get(RunKeeper).whenReady();
    chat = module.get(ChatService);
  });
  afterAll(async () => {
    await module.close();
    await postgres.stop();
  });
  beforeEach(() => (requests = []));

  const ask = (speaker: AskedModel, prompt = 'Hello there', conversation_id?: number): Promise<string> => {
    asked = speaker;
    return chat.ask(LOCAL_USER, { prompt, ...(conversation_id ? { conversation_id } : {}) }, undefined).then(({ runId }) => runId);
  };
  const all = (runId: string): Promise<SequencedEvent[]> => lastValueFrom(chat.follow(LOCAL_USER, runId).pipe(toArray()));
  const eventsOf = async (runId: string) => (await all(runId)).map(({ event }) => event);
  const messageFor = async (runId: string) => {
    const { messageId } = await module.get(RunStore).find(LOCAL_USER.userId, runId);
    return messageOf(await module.get(MessageStore).find(LOCAL_USER.userId, messageId));
  };
  const spent = async (conversationId: number) =>
    conversationOf(await module.get(ConversationStore).find(LOCAL_USER.userId, conversationId)).usage;

  it('come from the next model when the one that was asked for fails before its first word, and say so', async () => {
    const second = model('second', [text('Here I am.'), finish]);
    const run = await ask(model('first', [failure('server')], { next: () => Promise.resolve(second) }));
    const events = await eventsOf(run);
    expect(events.slice(1)).toEqual([
      { type: 'status', status: 'fallback', reason: 'provider_server_error', model: 'test/second' },
      { type: 'content', chunk: 'Here I am.' },
      {
        type: 'done',
        finish_reason: 'stop',
        usage: USAGE,
        cost: { amount: 120, currency: 'USD' },
        conversation_id: expect.any(Number) as number,
      },
    ]);
    const message = await messageFor(run);
    expect(message).toMatchObject({
      provider: 'test',
      model: 'second',
      fallback: { asked: 'test/first', reason: 'provider_server_error' },
      usage: USAGE,
      cost: { amount: 120, currency: 'USD' },
    });
    expect(message.timing?.total_ms).toBeGreaterThanOrEqual(message.timing?.first_content_ms ?? Infinity);
    // The conversation goes on with what the person chose.
    expect((await module.get(ConversationStore).find(LOCAL_USER.userId, message.conversation_id)).model).toBe('first');
    expect((await chat.find(LOCAL_USER, run)).fallback).toEqual({ asked: 'test/first', reason: 'provider_server_error' });
  });

  it('are never begun by one model and ended by another', async () => {
    const next = jest.fn();
    const run = await ask(model('first', [text('Half an'), failure('truncated')], { next }));
    expect((await eventsOf(run)).at(-1)).toMatchObject({ type: 'error', code: 'provider_stream_truncated', partial: true });
    expect(next).not.toHaveBeenCalled();
  });

  it('tell how long the model thought before, or until its end where it said nothing; and nothing of the kind where it did not', async () => {
    const timingOf = async (parts: Parameters<typeof model>[1]) => {
      const run = await ask(model('thinker', parts));
      await all(run);
      return (await messageFor(run)).timing;
    };
    const answered = await timingOf([40, thought('Hm'), 40, thought('so'), text('Yes.'), 80, text(' Surely.'), finish]);
    expect(answered?.reasoning_ms).toBeGreaterThanOrEqual(35);
    expect(answered?.reasoning_ms).toBeLessThanOrEqual((answered?.total_ms ?? 0) - (answered?.first_content_ms ?? 0) - 75);
    const wordless = await timingOf([thought('Hm'), 40, finish]);
    expect(wordless?.reasoning_ms).toBeGreaterThanOrEqual(35);
    expect((await timingOf([text('Yes.'), finish]))?.reasoning_ms).toBeNull();
  });

  it('are not asked of another model where one refused the content', async () => {
    const next = jest.fn();
    const run = await ask(model('first', [failure('filter')], { next }));
    expect((await eventsOf(run)).at(-1)).toMatchObject({ type: 'error', code: 'provider_filtered' });
    expect(next).not.toHaveBeenCalled();
  });

  it('fail with the last trouble when every stand-in fails', async () => {
    const second = model('second', [failure('auth')]);
    const run = await ask(model('first', [failure('server')], { next: () => Promise.resolve(second) }));
    expect((await eventsOf(run)).at(-1)).toMatchObject({ type: 'error', code: 'provider_auth' });
    // Neither of them read the question.
    expect(await messageFor(run)).toMatchObject({ model: 'second', usage: { input_tokens: 0, output_tokens: 0, estimated: true } });
  });

  it('are billed by a guess when they are stopped or cut off, and summed for the conversation and for the person', async () => {
    const first = await ask(model('first', [text('abcd'.repeat(5)), finish]), 'abcd'.repeat(10));
    const { conversation_id: conversationId } = await messageFor((await all(first)) && first);
    const cut = await ask(model('first', [text('abcd'.repeat(3)), failure('truncated')]), 'abcd', conversationId);
    await all(cut);
    expect((await messageFor(cut)).usage).toEqual({ input_tokens: 16, output_tokens: 3, estimated: true });
    const stopped = await ask(model('first', [text('abcd'.repeat(2)), 'wait']), 'abcd', conversationId);
    while (!(await chat.find(LOCAL_USER, stopped)).first_content_at);
    await chat.stop(LOCAL_USER, stopped);
    expect((await messageFor(stopped)).usage).toEqual({ input_tokens: 20, output_tokens: 2, estimated: true });
    const sum = { input_tokens: 136, output_tokens: 25, estimated: true, costs: [{ amount: 161, currency: 'USD' }] };
    expect(await spent(conversationId)).toEqual(sum);
    const today = new Date().toISOString().slice(0, 10);
    const ledger = () => module.get(LedgerStore).sums({ from: today, to: today, ownerId: LOCAL_USER.userId });
    const before = await ledger();
    await module.get(ConversationStore).delete(LOCAL_USER.userId, conversationId);
    expect(await ledger()).toEqual(before);
  });

  it('are billed by a guess when nobody is left to end them', async () => {
    const run = await ask(model('first', [text('abcd'.repeat(2)), 'wait']), 'abcd'.repeat(4));
    while (!(await chat.find(LOCAL_USER, run)).first_content_at);
    const error = { code: 'interrupted', message: 'It died.', retryable: true } as const;
    await module.get(ReplicaStore).closeAbandoned(run, error, (answering, { input_tokens, output_tokens }) => {
      expect(answering).toEqual({ usedProvider: 'test', usedModel: 'first', fallbackReason: null, memoryAfter: null });
      return { amount: input_tokens * 10 + output_tokens, currency: 'EUR' };
    });
    const message = await messageFor(run);
    expect(message).toMatchObject({ usage: { input_tokens: 4, output_tokens: 2, estimated: true }, cost: { amount: 42, currency: 'EUR' } });
    expect((await spent(message.conversation_id)).costs).toEqual([{ amount: 42, currency: 'EUR' }]);
    await chat.stop(LOCAL_USER, run);
  });

  it('say where the memory of the model begins, and of its stand-in, whose context is another', async () => {
    const first = await ask(model('first', [text('A long answer. '.repeat(100)), finish]), 'Tell me a story.');
    await all(first);
    const { id, conversation_id: conversationId } = await messageFor(first);
    requests = [];
    const second = await ask(model('small', [text('Which one?'), finish], { contextLength: 200 }), 'And then?', conversationId);
    expect((await eventsOf(second))[0]).toMatchObject({ type: 'start', memory_after: id });
    expect([(await messageFor(second)).memory_after, requests]).toEqual([id, [['And then?']]]);
    const large = model('large', [text('I know.'), finish], { contextLength: 100_000 });
    requests = [];
    const third = await ask(
      model('small', [failure('server')], { contextLength: 200, next: () => Promise.resolve(large) }),
      'And in the end?',
      conversationId,
    );
    const events = await eventsOf(third);
    expect([events[0], events[1]]).toMatchObject([{ memory_after: id }, { status: 'fallback' }]);
    expect(events[1]).not.toHaveProperty('memory_after');
    expect([(await messageFor(third)).memory_after, requests.map(({ length }) => length)]).toEqual([null, [3, 5]]);
  });
});
