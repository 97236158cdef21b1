import { type EventStore, type RunNotices, type StoredEvent } from '@echo/api-persistence';
import { NO_OBSERVER } from '../run-observer';
import { type ChatSettings } from '../settings';
import { LiveRun } from './live-run';
import { LiveRuns } from './live-runs';
import { Replica } from './replica';
import { RunWriter } from './run-writer';

const START = { type: 'start', conversation_id: 1, message_id: 2, run_id: 'r', provider: 'p', model: 'm' } as const;
const text = (chunk: string) => ({ type: 'content', chunk }) as const;

/** A writer whose database takes everything, or, while it is held, nothing. */
function write() {
  const stored: (readonly StoredEvent[])[] = [];
  const database: { free: Promise<void>; fail?: (() => Promise<never>) | undefined } = { free: Promise.resolve() };
  const append = async (_: string, rows: readonly StoredEvent[]) => {
    await database.free;
    await database.fail?.();
    stored.push(rows);
    return { alive: true, stopRequested: [] };
  };
  const runs = new LiveRuns();
  const replica = new Replica({ onFenced: () => undefined } as unknown as ChatSettings);
  const notices = { listen: () => () => undefined } as unknown as RunNotices;
  const writer = new RunWriter({ append } as unknown as EventStore, runs, replica, NO_OBSERVER, notices);
  const run = new LiveRun(START);
  runs.add(run);
  const say = (chunk: string, isFirst = false): void => {
    run.say(text(chunk));
    writer.wake(isFirst);
  };
  const texts = () => stored.map((rows) => rows.map(({ event }) => ('chunk' in event ? event.chunk : event.type)).join('|'));
  return { writer, run, say, texts, database };
}

describe('the turns of the group commit', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => {
    jest.restoreAllMocks();
    jest.useRealTimers();
  });

  const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);

  it('lets those who read go on when it is time to store, and stores at once what they read then', async () => {
    const { writer, say, texts } = write();
    say('first', true);
    await pass(2);
    const turns: string[] = [];
    for (const reader of ['a', 'b'])
      void writer.nextTurn().then(() => {
        turns.push(reader);
        say(reader);
      });
    await pass(20);
    expect([turns, texts()]).toEqual([[], ['first']]);
    await pass(6);
    expect([turns, texts()]).toEqual([
      ['a', 'b'],
      ['first', 'ab'],
    ]);
    writer.onApplicationShutdown();
  });

  it('keeps nobody waiting who has not read for a while', async () => {
    const { writer, say, texts } = write();
    say('first', true);
    await pass(30);
    await writer.nextTurn();
    say('second');
    await pass(1);
    expect(texts()).toEqual(['first', 'second']);
    writer.onApplicationShutdown();
  });

  it('begins none for readers alone after another has begun, for the first text of an answer', async () => {
    const { writer, say, texts } = write();
    say('first', true);
    await pass(10);
    let isRead = false;
    void writer.nextTurn().then(() => (isRead = true));
    say('of another', true);
    await pass(1);
    expect([isRead, texts()]).toEqual([true, ['first', 'of another']]);
    void writer.nextTurn().then(() => say('later'));
    await pass(20);
    expect(texts()).toHaveLength(2);
    await pass(6);
    expect(texts()).toEqual(['first', 'of another', 'later']);
    writer.onApplicationShutdown();
  });

  it('gives others their turn of the event loop between many who read', async () => {
    const { writer, say, texts } = write();
    say('first', true);
    await pass(2);
    const order: string[] = [];
    const READERS = 175;
    for (let reader = 0; reader < READERS; reader++)
      void writer.nextTurn().then(() => {
        if (order.push('reader') === 1) setImmediate(() => order.push('other'));
        say('.');
      });
    await pass(60);
    expect(order).toHaveLength(READERS + 1);
    expect(order.indexOf('other')).toBeLessThan(READERS);
    expect(texts()).toEqual(['first', '.'.repeat(READERS)]);
    writer.onApplicationShutdown();
  });

  it('lets them read while the database is away', async () => {
    const { writer, say, texts, database } = write();
    let free!: () => void;
    database.free = new Promise((resolve) => (free = resolve));
    say('first', true);
    await pass(2);
    for (const chunk of ['b', 'c', 'd']) {
      void writer.nextTurn().then(() => say(chunk));
      await pass(30);
    }
    expect(texts()).toEqual([]);
    free();
    await pass(30);
    expect(texts()).toEqual(['first', 'bcd']);
    writer.onApplicationShutdown();
  });

  it('interrupts what the database does not take for half a minute', async () => {
    const { writer, run, say, texts, database } = write();
    database.fail = () => Promise.reject(new Error('away'));
    say('held', true);
    await pass(20_000);
    expect(run.stopCause).toBeUndefined();
    await pass(15_000);
    expect([run.stopCause, texts()]).toEqual(['storage', []]);
    writer.onApplicationShutdown();
  });

  it('does not count the time for which this process slept', async () => {
    const { writer, run, say, texts, database } = write();
    database.fail = () => {
      // As a process that is stopped in the middle of a statement: a minute later nobody has answered in time.
      const [now, slept] = [performance.now.bind(performance), 60_000];
      jest.spyOn(performance, 'now').mockImplementation(() => now() + slept);
      database.fail = undefined;
      return Promise.reject(new Error('Query read timeout'));
    };
    say('held', true);
    await pass(1_000);
    expect([run.stopCause, texts()[0]]).toEqual([undefined, 'held']);
    writer.onApplicationShutdown();
  });
});
