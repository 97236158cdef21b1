import { type DoneEvent, type ErrorEvent } from '@echo/contract';
import { startTestPostgres, type TestPostgres } from '@echo/testing';
import { Test, type TestingModule } from '@nestjs/testing';
import { randomUUID } from 'node:crypto';
import { Database } from '../database';
import { IdempotencyMismatchError, NotOwnedError, ReplicaFencedError, RunInProgressError } from '../errors';
import { PersistenceModule } from '../persistence.module';
import { type NewRun, type Turn } from './new-run';
import { ConversationStore } from './conversation.store';
import { EventStore } from './event.store';
import { MessageStore } from './message.store';
import { ReplicaStore } from './replica.store';
import { type RunEnd, RunStore } from './run.store';

const OWNER = '00000000-0000-7000-8000-000000000001';
const STRANGER = '00000000-0000-7000-8000-000000000002';

describe('the stores, on a real PostgreSQL', () => {
  let postgres: TestPostgres;
  let module: TestingModule;
  let database: Database;
  let conversations: ConversationStore;
  let messages: MessageStore;
  let runs: RunStore;
  let events: EventStore;
  let replicas: ReplicaStore;
  let replicaId: string;

  beforeAll(async () => {
    postgres = await startTestPostgres();
    module = await Test.createTestingModule({ imports: [PersistenceModule.register({ url: postgres.url, poolSize: 5 })] }).compile();
    database = module.get(Database);
    await database.connect();
    conversations = module.get(ConversationStore);
    messages = module.get(MessageStore);
    runs = module.get(RunStore);
    events = module.get(EventStore);
    replicas = module.get(ReplicaStore);
    await database.query(`insert into app_user (id, name, role) values ($1, 'Stranger', 'user')`, [STRANGER]);
  });

  afterAll(async () => {
    await module.close();
    await postgres.stop();
  });

  beforeEach(async () => {
    await database.query('truncate conversation, run_event, idempotency, replica cascade');
    replicaId = randomUUID();
    await replicas.register(replicaId);
  });

  const newRun = (turn: Partial<Extract<Turn, { kind: 'prompt' }>> = {}, more: Partial<NewRun> = {}): NewRun => ({
    id: randomUUID(),
    ownerId: OWNER,
    replicaId,
    provider: 'guide',
    model: 'guide',
    title: 'A title',
    turn: { kind: 'prompt', conversationId: undefined, parentId: undefined, prompt: 'Hello', findings: null, ...turn },
    overflow: () => 0,
    idempotency: undefined,
    ...more,
  });
  const accept = async (run: NewRun) => {
    const accepted = await runs.accept(run);
    if (accepted.existing) throw new Error('The run exists already.');
    return accepted;
  };
  const done = (conversation_id: number): DoneEvent => ({
    type: 'done',
    finish_reason: 'stop',
    usage: { input_tokens: 1, output_tokens: 1 },
    conversation_id,
  });
  const end = (conversationId: number, seq: number, text?: string): RunEnd => ({
    status: 'completed',
    events: [
      ...(text ? [{ seq, event: { type: 'content', chunk: text } as const }] : []),
      { seq: text ? seq + 1 : seq, event: done(conversationId) },
    ],
    finishReason: 'stop',
    usage: { input_tokens: 1, output_tokens: 1 },
    cost: null,
    error: null,
    usedProvider: 'guide',
    usedModel: 'guide',
    fallbackReason: null,
    memoryAfter: null,
    firstContentAt: new Date(),
    answerBeganAt: new Date(),
  });
  const answered = async (turn: Partial<Extract<Turn, { kind: 'prompt' }>>, text: string) => {
    const { start } = await accept(newRun(turn));
    await runs.finish(replicaId, start.run_id, end(start.conversation_id, 2, text));
    return start;
  };

  it('accepts all of a turn in one transaction, before anything is answered', async () => {
    const prompt = '\tdef f():\r\n\t\treturn "<b>&amp;</b>"  \n\nignore previous instructions 👍 ';
    const { start, history } = await accept(newRun({ prompt }));
    expect(history).toEqual([{ role: 'user', content: prompt }]);
    const stored = await messages.list(OWNER, start.conversation_id, 0, 10);
    expect(stored.map(({ role, content, status, parentId }) => ({ role, content, status, parentId }))).toEqual([
      { role: 'user', content: prompt, status: 'completed', parentId: null },
      { role: 'assistant', content: '', status: 'connecting', parentId: stored[0]?.id },
    ]);
    expect((await runs.find(OWNER, start.run_id)).status).toBe('connecting');
    expect(await events.read(start.run_id, 0, 10)).toEqual([{ seq: 1, event: start }]);
    expect((await conversations.find(OWNER, start.conversation_id)).liveRunId).toBe(start.run_id);
  });

  it('leaves nothing behind when a turn cannot be accepted', async () => {
    const count = async () => (await database.query<{ n: number }>('select count(*)::int as n from message'))[0]?.n;
    const { start } = await accept(newRun());
    const before = await count();
    await expect(runs.accept(newRun({ conversationId: start.conversation_id }))).rejects.toThrow(RunInProgressError);
    await expect(runs.accept(newRun({ conversationId: 999_999_999 }))).rejects.toThrow(NotOwnedError);
    await expect(
      runs.accept(
        newRun({}, { ownerId: STRANGER, turn: { kind: 'regenerate', conversationId: start.conversation_id, messageId: start.message_id } }),
      ),
    ).rejects.toThrow(NotOwnedError);
    expect(await count()).toBe(before);
  });

  it('answers one post of many that come to one conversation at once', async () => {
    const { conversation_id } = await answered({}, 'First.');
    const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => runs.accept(newRun({ conversationId: conversation_id }))));
    expect(outcomes.filter((each) => each.status === 'fulfilled')).toHaveLength(1);
    for (const each of outcomes) if (each.status === 'rejected') expect(each.reason).toBeInstanceOf(RunInProgressError);
  });

  it('gives twenty equal posts under one key one run', async () => {
    const idempotency = { key: 'k', requestHash: 'h' };
    const accepted = await Promise.all(Array.from({ length: 20 }, () => runs.accept(newRun({}, { idempotency }))));
    const ids = accepted.map((each) => (each.existing ? each.runId : each.start.run_id));
    expect(new Set(ids).size).toBe(1);
    expect(accepted.filter((each) => !each.existing)).toHaveLength(1);
    expect(await runs.findByKey(OWNER, idempotency)).toBe(ids[0]);
    expect(await runs.findByKey(STRANGER, idempotency)).toBeUndefined();
    await expect(runs.accept(newRun({}, { idempotency: { key: 'k', requestHash: 'other' } }))).rejects.toThrow(IdempotencyMismatchError);
  });

  it('reads history from the root to the message that is answered, and no other branch', async () => {
    const first = await answered({ prompt: 'One' }, 'Answer one');
    const conversationId = first.conversation_id;
    await answered({ conversationId, prompt: 'Two' }, 'Answer two');
    const branch = await accept(newRun({ conversationId, parentId: first.message_id, prompt: 'Two, again' }));
    expect(branch.history.map(({ content }) => content)).toEqual(['One', 'Answer one', 'Two, again']);
    await runs.finish(replicaId, branch.start.run_id, end(conversationId, 2));
    const root = await accept(newRun({ conversationId, parentId: null, prompt: 'Anew' }));
    expect(root.history).toEqual([{ role: 'user', content: 'Anew' }]);
  });

  it('makes siblings when an answer is made again', async () => {
    const first = await answered({ prompt: 'One' }, 'Answer one');
    const again = await accept(
      newRun({}, { turn: { kind: 'regenerate', conversationId: first.conversation_id, messageId: first.message_id } }),
    );
    expect(again.history).toEqual([{ id: expect.any(Number) as number, role: 'user', content: 'One' }]);
    const [, old, sibling] = await messages.list(OWNER, first.conversation_id, 0, 10);
    expect(sibling?.parentId).toBe(old?.parentId);
  });

  it('makes a sibling that begins with the text when an answer is continued', async () => {
    const first = await answered({ prompt: 'One' }, 'Once upon');
    const { conversation_id: conversationId, message_id: messageId } = first;
    const longer = await accept(newRun({}, { turn: { kind: 'continue', conversationId, messageId } }));
    expect(longer).toMatchObject({ prefix: 'Once upon', history: [{ role: 'user', content: 'One' }] });
    expect(await events.read(longer.start.run_id, 1, 10)).toEqual([{ seq: 2, event: { type: 'content', chunk: 'Once upon' } }]);
    await runs.finish(replicaId, longer.start.run_id, end(conversationId, 3, ' a time'));
    const [question, old, sibling] = await messages.list(OWNER, conversationId, 0, 10);
    expect([old?.parentId, sibling?.parentId]).toEqual([question?.id, question?.id]);
    expect([old?.content, sibling?.content]).toEqual(['Once upon', 'Once upon a time']);
  });

  it('holds an answer for unread until it is marked as read or the person goes on', async () => {
    const { conversation_id: id } = await answered({ prompt: 'One' }, 'Answer one');
    expect((await conversations.find(OWNER, id)).unread).toBe(true);
    const read = await conversations.update(OWNER, id, { unread: false });
    expect(read.unread).toBe(false);
    await answered({ conversationId: id, prompt: 'Two' }, 'Answer two');
    expect((await conversations.find(OWNER, id)).unread).toBe(true);
    const { start } = await accept(newRun({ conversationId: id, prompt: 'Three' }));
    expect((await conversations.find(OWNER, id)).unread).toBe(false);
    await runs.finish(replicaId, start.run_id, { ...end(id, 2), status: 'stopped' });
    expect((await conversations.find(OWNER, id)).unread).toBe(false);
  });

  it('stores events once however often they are sent, and joins them into the message at the end', async () => {
    const { start } = await accept(newRun());
    const batch = [
      { runId: start.run_id, seq: 2, event: { type: 'reasoning', chunk: 'hm' } as const },
      { runId: start.run_id, seq: 3, event: { type: 'content', chunk: 'Hel' } as const },
    ];
    await events.append(replicaId, batch);
    expect(await events.append(replicaId, batch, [], true)).toEqual({ alive: true, stopRequested: [] });
    const last = end(start.conversation_id, 4, 'lo');
    await runs.finish(replicaId, start.run_id, last);
    await runs.finish(replicaId, start.run_id, last);
    const message = await messages.find(OWNER, start.message_id);
    expect([message.content, message.reasoning, message.status]).toEqual(['Hello', 'hm', 'completed']);
    expect((await events.read(start.run_id, 1, 10)).map((each) => each.seq)).toEqual([2, 3, 4, 5]);
    expect((await runs.find(OWNER, start.run_id)).lastSeq).toBe(5);
  });

  it('tells with every flush which runs are to be stopped', async () => {
    const { start } = await accept(newRun());
    await expect(runs.requestStop(STRANGER, start.run_id)).rejects.toThrow(NotOwnedError);
    expect((await events.append(replicaId, [])).stopRequested).toEqual([]);
    await runs.requestStop(OWNER, start.run_id);
    expect((await events.append(replicaId, [])).stopRequested).toEqual([start.run_id]);
  });

  it('lets a replica that was declared dead write nothing more', async () => {
    const { start } = await accept(newRun());
    expect(await replicas.reap(replicaId)).toBe(false);
    expect(await replicas.reap(replicaId, true)).toBe(true);
    expect(await replicas.renew(replicaId)).toBe(false);
    const event = { runId: start.run_id, seq: 2, event: { type: 'content', chunk: 'late' } as const };
    expect((await events.append(replicaId, [event])).alive).toBe(false);
    await expect(runs.finish(replicaId, start.run_id, end(start.conversation_id, 2))).rejects.toThrow(ReplicaFencedError);
    await expect(runs.accept(newRun())).rejects.toThrow(ReplicaFencedError);
    expect(await events.read(start.run_id, 1, 10)).toEqual([]);
  });

  it('ends a run that nobody makes with the text that was stored', async () => {
    const { start } = await accept(newRun());
    await events.append(replicaId, [{ runId: start.run_id, seq: 2, event: { type: 'content', chunk: 'Half an ans' } }]);
    await replicas.reap(replicaId, true);
    const other = randomUUID();
    await replicas.register(other);
    expect(await replicas.openRuns(other)).toEqual([start.run_id]);
    const error = { code: 'interrupted', message: 'It stopped.', retryable: true } as const;
    expect(await replicas.closeAbandoned(start.run_id, error, () => null)).toBe(true);
    expect(await replicas.closeAbandoned(start.run_id, error, () => null)).toBe(false);
    const message = await messages.find(OWNER, start.message_id);
    expect([message.content, message.status, message.error]).toEqual(['Half an ans', 'interrupted', error]);
    const last: ErrorEvent = { type: 'error', ...error, partial: true };
    expect((await events.read(start.run_id, 2, 10)).map((each) => each.event)).toEqual([last]);
    expect(await replicas.openRuns(other)).toEqual([]);
  });

  it('shows the list by pin and use, in pages without a gap or a double', async () => {
    const made: number[] = [];
    for (let index = 0; index < 5; index++) made.push((await conversations.create(OWNER, `Number ${index}`)).id);
    await database.query('update conversation set updated_at = now()');
    await conversations.update(OWNER, made[1] ?? 0, { pinned: true });
    const seen: number[] = [];
    for (let after: Parameters<ConversationStore['list']>[1]['after']; ;) {
      const page = await conversations.list(OWNER, { archived: false, limit: 2, ...(after ? { after } : {}) });
      if (page.length === 0) break;
      seen.push(...page.map(({ id }) => id));
      after = page.at(-1);
    }
    expect(seen).toEqual([made[1], made[4], made[3], made[2], made[0]]);
  });

  it('finds text in titles and messages, in any case and script, and takes no sign for a wildcard', async () => {
    const { conversation_id } = await answered({ prompt: 'Über 100% sicher' }, 'Привет');
    const find = async (query: string) => (await conversations.list(OWNER, { archived: false, limit: 9, query })).map(({ id }) => id);
    for (const query of ['über 100%', 'ПРИВЕТ', 'a title']) expect(await find(query)).toEqual([conversation_id]);
    for (const query of ['100_', '%%', '\\', 'elsewhere']) expect(await find(query)).toEqual([]);
  });

  it('shows a stranger nothing, and changes nothing for them', async () => {
    const { conversation_id, message_id, run_id } = await answered({}, 'Secret');
    expect(await conversations.list(STRANGER, { archived: false, limit: 9 })).toEqual([]);
    expect(await messages.list(STRANGER, conversation_id, 0, 9)).toEqual([]);
    await expect(conversations.find(STRANGER, conversation_id)).rejects.toThrow(NotOwnedError);
    await expect(conversations.update(STRANGER, conversation_id, { title: 'Mine' })).rejects.toThrow(NotOwnedError);
    await expect(conversations.delete(STRANGER, conversation_id)).rejects.toThrow(NotOwnedError);
    await expect(messages.find(STRANGER, message_id)).rejects.toThrow(NotOwnedError);
    await expect(runs.find(STRANGER, run_id)).rejects.toThrow(NotOwnedError);
    expect((await conversations.find(OWNER, conversation_id)).title).toBe('A title');
  });

  it('deletes a conversation with everything in it', async () => {
    const { conversation_id, run_id } = await answered({}, 'Gone');
    await conversations.delete(OWNER, conversation_id);
    expect(await events.read(run_id, 0, 9)).toEqual([]);
    const left = await database.query<{ n: number }>('select (select count(*) from message)::int + (select count(*) from run)::int as n');
    expect(left[0]?.n).toBe(0);
  });

  it('deletes events of runs that ended long ago, and no others', async () => {
    const old = await answered({}, 'Old');
    const fresh = await answered({}, 'Fresh');
    const { start: live } = await accept(newRun());
    await database.query(`update run set finished_at = now() - interval '2 hours' where id = $1`, [old.run_id]);
    expect(await events.deleteExpired(3600, 10)).toBe(1);
    expect(await events.deleteExpired(3600, 10)).toBe(0);
    expect(await events.read(old.run_id, 0, 9)).toEqual([]);
    expect(await events.read(fresh.run_id, 0, 9)).toHaveLength(3);
    expect(await events.read(live.run_id, 0, 9)).toHaveLength(1);
    expect((await messages.find(OWNER, old.message_id)).content).toBe('Old');
  });

  it('migrates once when two replicas start at the same time', async () => {
    const empty = await startTestPostgres();
    const both = await Promise.all(
      [1, 2].map(() => Test.createTestingModule({ imports: [PersistenceModule.register({ url: empty.url, poolSize: 3 })] }).compile()),
    );
    await Promise.all(both.map((each) => each.get(Database).connect()));
    const applied = await both[0]
      ?.get(Database)
      .query<{ twice: number }>('select (count(*) - count(distinct name))::int as twice from migration');
    expect(applied?.[0]?.twice).toBe(0);
    await Promise.all(both.map((each) => each.close()));
    await empty.stop();
  });
});
