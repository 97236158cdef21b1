import {
  ConversationStore,
  Database,
  EventStore,
  MessageStore,
  PersistenceModule,
  ReplicaStore,
  RunNotices,
  RunStore,
  StorageUnavailableError,
} from '@echo/api-persistence';
import { type AskedModel, type LanguageModel, ModelRegistry, type ModelPart } from '@echo/api-providers';
import { LOCAL_USER } from '@echo/api-security';
import { type SequencedEvent } from '@echo/contract';
import { startTestPostgres, type TestPostgres } from '@echo/testing';
import { Logger, type DynamicModule } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { randomUUID } from 'node:crypto';
import { lastValueFrom, toArray } from 'rxjs';
import { ChatModule } from '../chat.module';
import { ChatService } from '../chat.service';
import { type ChatSettings } from '../settings';
import { LOCAL } from '../testing/local-access';
import { LiveRuns } from './live-runs';
import { Replica } from './replica';
import { RunKeeper } from './run-keeper';

/** A model whose words the test gives one by one. */
class SpokenModel implements LanguageModel {
  readonly id = 'test/spoken';
  continues = true;
  private readonly parts: ModelPart[] = [];
  private wake: () => void = () => undefined;

  say(...parts: (ModelPart | string)[]): this {
    this.parts.push(...parts.map((part): ModelPart => (typeof part === 'string' ? { type: 'text', text: part } : part)));
    this.wake();
    return this;
  }

  finish(): this {
    return this.say({ type: 'finish', reason: 'stop', usage: { input_tokens: 1, output_tokens: 1 } });
  }

  async *stream(_request: unknown, signal: AbortSignal): AsyncGenerator<ModelPart> {
    signal.addEventListener('abort', () => this.wake(), { once: true });
    for (;;) {
      signal.throwIfAborted();
      const part = this.parts.shift();
      if (part === undefined) await new Promise<void>((resolve) => (this.wake = resolve));
      else yield part;
    }
  }
}

function asked(languageModel: LanguageModel): AskedModel {
  const none = () => Promise.resolve(undefined);
  return { provider: 'test', model: 'spoken', languageModel, contextLength: null, cost: () => null, next: none };
}

describe('runs, on a real PostgreSQL', () => {
  let postgres: TestPostgres;
  let module: TestingModule;
  let chat: ChatService;
  let models: SpokenModel[];
  let fenced: jest.Mock;

  const start = async (): Promise<void> => {
    fenced = jest.fn();
    const settings: ChatSettings = {
      maxPromptChars: 1000,
      promptGuard: 'flag',
      maxLiveRuns: 10,
      maxQueuedRuns: 10,
      eventRetentionSeconds: 3600,
      drainSeconds: 0,
      aloneOnDatabase: true,
      onFenced: fenced,
    };
    const registry = {
      resolve: () => Promise.resolve(asked(models.shift() ?? new SpokenModel())),
      cost: () => null,
    };
    class Providers {}
    const providers: DynamicModule = {
      module: Providers,
      providers: [{ provide: ModelRegistry, useValue: registry }],
      exports: [ModelRegistry],
    };
    const persistence = PersistenceModule.register({ url: postgres.url, poolSize: 5 });
    module = await Test.createTestingModule({ imports: [ChatModule.register(settings, [persistence, providers, LOCAL])] }).compile();
    module.useLogger(false);
    await module.init();
    await module.get(RunKeeper).whenReady();
    chat = module.get(ChatService);
  };

  beforeAll(async () => {
    Logger.overrideLogger(false);
    postgres = await startTestPostgres();
  });
  afterAll(() => postgres.stop());
  beforeEach(async () => {
    models = [];
    await start();
  });
  afterEach(() => module.close());

  const ask = (model: SpokenModel, prompt = 'Hi'): Promise<string> => {
    models.push(model);
    return chat.ask(LOCAL_USER, { prompt }, undefined).then(({ runId }) => runId);
  };
  const all = (runId: string, after = 0): Promise<SequencedEvent[]> => lastValueFrom(chat.follow(LOCAL_USER, runId, after).pipe(toArray()));
  const textOf = (events: readonly SequencedEvent[]): string =>
    events.map(({ event }) => (event.type === 'content' ? event.chunk : '')).join('');
  const stored = async (runId: string) => {
    const { messageId } = await module.get(RunStore).find(LOCAL_USER.userId, runId);
    return module.get(MessageStore).find(LOCAL_USER.userId, messageId);
  };

  it('fail alone when the database refuses their text', async () => {
    const bad = new SpokenModel();
    const good = new SpokenModel();
    const badRun = await ask(bad);
    const goodRun = await ask(good);
    // A decoder would have replaced it; the log must survive one that did not.
    bad.say('fine, then \u0000').finish();
    good.say('all is well').finish();
    const [badEvents, goodEvents] = await Promise.all([all(badRun), all(goodRun)]);
    expect(textOf(goodEvents)).toBe('all is well');
    expect(goodEvents.at(-1)?.event).toMatchObject({ type: 'done' });
    expect(badEvents.at(-1)?.event).toMatchObject({ type: 'error', code: 'storage_unavailable' });
    expect((await stored(badRun)).status).toBe('interrupted');
  });

  it('are not continued by a model that would begin anew, and nothing is stored then', async () => {
    const first = new SpokenModel();
    const run = await ask(first);
    first.say('Once upon ', { type: 'finish', reason: 'length' });
    await all(run);
    const { messageId, conversationId } = await module.get(RunStore).find(LOCAL_USER.userId, run);
    const anew = Object.assign(new SpokenModel(), { continues: false });
    // The registry is asked twice: for the model that answered before, and for the run.
    models.push(anew, anew);
    await expect(chat.continue(LOCAL_USER, messageId, {}, undefined)).rejects.toMatchObject({ code: 'cannot_continue' });
    expect(await module.get(MessageStore).list(LOCAL_USER.userId, conversationId, 0, 10)).toHaveLength(2);
  });

  it('store a flush once whose outcome is unknown, and number on without a gap', async () => {
    const store = module.get(EventStore);
    const append = store.append.bind(store);
    let lost = 2;
    jest.spyOn(store, 'append').mockImplementation(async (...args) => {
      const result = await append(...args);
      if (lost-- > 0) throw new StorageUnavailableError();
      return result;
    });
    const model = new SpokenModel();
    const run = await ask(model);
    model.say('once ', 'only').finish();
    const events = await all(run);
    expect(textOf(events)).toBe('once only');
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
    expect((await stored(run)).content).toBe('once only');
  });

  it('show nothing that is not stored, and go on when the database is back', async () => {
    const store = module.get(EventStore);
    const append = store.append.bind(store);
    let isAway = true;
    const spy = jest
      .spyOn(store, 'append')
      .mockImplementation((...args) => (isAway ? Promise.reject(new StorageUnavailableError()) : append(...args)));
    const model = new SpokenModel();
    const run = await ask(model);
    const seen: SequencedEvent[] = [];
    const done = lastValueFrom(chat.follow(LOCAL_USER, run).pipe(toArray()));
    chat.follow(LOCAL_USER, run).subscribe((event) => seen.push(event));
    model.say('held back');
    while (spy.mock.calls.length < 2) await new Promise((resolve) => setImmediate(resolve));
    expect(textOf(seen)).toBe('');
    isAway = false;
    model.finish();
    expect(textOf(await done)).toBe('held back');
  });

  it('end when their conversation is gone, and leave none of their text behind', async () => {
    const model = new SpokenModel();
    const run = await ask(model);
    model.say('seen');
    while ((await module.get(EventStore).read(run, 1, 1)).length === 0);
    const live = module.get(LiveRuns).get(run);
    const { conversationId } = await module.get(RunStore).find(LOCAL_USER.userId, run);
    await module.get(ConversationStore).delete(LOCAL_USER.userId, conversationId);
    model.say('unseen');
    await live?.ended;
    expect(live?.stopCause).toBe('person');
    expect(textOf(await module.get(EventStore).read(run, 0, 10))).toBe('unseen');
    await module.get(ReplicaStore).tidy();
    expect(await module.get(EventStore).read(run, 0, 10)).toEqual([]);
  });

  it('go on, and show that their replica lives, while the pool is exhausted', async () => {
    const database = module.get(Database);
    const lease = () =>
      module.get(RunNotices).query<{ until: Date }>('select lease_until as until from replica where id = $1', [module.get(Replica).id]);
    const model = new SpokenModel();
    const run = await ask(model);
    const seen: SequencedEvent[] = [];
    const watching = chat.follow(LOCAL_USER, run).subscribe((event) => seen.push(event));
    const busy = Array.from({ length: 5 }, () => database.query('select pg_sleep(2.5)'));
    model.say('still here');
    while (textOf(seen) !== 'still here') await new Promise((resolve) => setTimeout(resolve, 5));
    const [before] = await lease();
    const [after] = await new Promise<{ until: Date }[]>((resolve) => setTimeout(() => resolve(lease()), 1_500));
    expect(Number(after?.until)).toBeGreaterThan(Number(before?.until));
    expect(await Promise.race([Promise.all(busy).then(() => 'free'), Promise.resolve('busy')])).toBe('busy');
    watching.unsubscribe();
    model.finish();
    await Promise.all(busy);
    await all(run);
  }, 15_000);

  it('write nothing more once another process has closed them', async () => {
    const model = new SpokenModel();
    const run = await ask(model);
    model.say('seen');
    while ((await module.get(EventStore).read(run, 1, 1)).length === 0);
    const { id } = module.get(Replica);
    const replicas = module.get(ReplicaStore);
    await replicas.reap(id, true);
    await replicas.register(randomUUID());
    await replicas.closeAbandoned(run, { code: 'interrupted', message: 'Closed.', retryable: true }, () => null);
    model.say(' unseen').finish();
    while (fenced.mock.calls.length === 0) await new Promise((resolve) => setImmediate(resolve));
    expect((await stored(run)).content).toBe('seen');
    expect(textOf(await module.get(EventStore).read(run, 0, 100))).toBe('seen');
  });

  it('give a late viewer the text from its start, also when memory holds only its end', async () => {
    const model = new SpokenModel();
    const run = await ask(model);
    const text = Array.from({ length: 60 }, (_, index) => `${index} ${'x'.repeat(5_000)}\n`);
    for (const piece of text) {
      model.say(piece);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    const late = all(run);
    model.finish();
    const events = await late;
    expect(textOf(events)).toBe(text.join(''));
    expect(events.map(({ seq }) => seq)).toEqual([...new Set(events.map(({ seq }) => seq))].sort((a, b) => a - b));
  }, 20_000);

  it('tell the same from the message when their events are gone', async () => {
    const model = new SpokenModel();
    const run = await ask(model);
    model.say({ type: 'reasoning', text: 'hm' }, 'the answer').finish();
    const before = await all(run);
    await module.get(Database).query('delete from run_event where run_id = $1', [run]);
    const after = await all(run);
    expect(after.map(({ event }) => event)).toEqual(before.map(({ event }) => event));
    expect(after.at(-1)?.seq).toBe(before.at(-1)?.seq);
    await expect(chat.hasMore(LOCAL_USER, run, 2)).rejects.toMatchObject({ code: 'events_expired' });
  });

  it('that a killed process left open are closed at the next start, with the text that was stored', async () => {
    const model = new SpokenModel();
    const run = await ask(model);
    model.say('half an ans');
    while ((await module.get(EventStore).read(run, 1, 1)).length === 0);
    // The process ends without a word: its replica stays in the books.
    module.get(Replica).close();
    const killed = module;
    await start();
    expect(await stored(run)).toMatchObject({ status: 'interrupted', content: 'half an ans', error: { code: 'interrupted' } });
    await killed.close();
  });

  it('end at shutdown as interrupted, with a word to who is watching', async () => {
    const model = new SpokenModel();
    const run = await ask(model);
    model.say('not yet');
    const watched = all(run);
    await module.close();
    expect((await watched).at(-1)?.event).toMatchObject({ type: 'error', code: 'interrupted', partial: true });
    await start();
  });
});
