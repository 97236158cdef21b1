import { startTestPostgres, type TestPostgres } from '@echo/testing';
import { Test, type TestingModule } from '@nestjs/testing';
import { randomUUID } from 'node:crypto';
import { Database } from '../database';
import { PersistenceModule } from '../persistence.module';
import { ConversationStore } from './conversation.store';
import { LedgerStore, type LedgerSum } from './ledger.store';
import { ReplicaStore } from './replica.store';
import { type RunEnd, RunStore } from './run.store';

const OWNER = '00000000-0000-7000-8000-000000000001';
const STRANGER = '00000000-0000-7000-8000-000000000002';

describe('the ledger, on a real PostgreSQL', () => {
  let postgres: TestPostgres;
  let module: TestingModule;
  let database: Database;
  let runs: RunStore;
  let ledger: LedgerStore;
  const replicaId = randomUUID();

  beforeAll(async () => {
    postgres = await startTestPostgres();
    module = await Test.createTestingModule({ imports: [PersistenceModule.register({ url: postgres.url, poolSize: 5 })] }).compile();
    database = module.get(Database);
    await database.connect();
    [runs, ledger] = [module.get(RunStore), module.get(LedgerStore)];
    await module.get(ReplicaStore).register(replicaId);
    await database.query(`insert into app_user (id, name, role) values ($1, 'Stranger', 'user')`, [STRANGER]);
  });
  afterAll(async () => {
    await module.close();
    await postgres.stop();
  });
  beforeEach(() => database.query('truncate conversation, ledger cascade'));

  /** A run that ended so; returns it and how it ended. */
  const ended = async (more: Partial<RunEnd> = {}, ownerId = OWNER) => {
    const accepted = await runs.accept({
      id: randomUUID(),
      ownerId,
      replicaId,
      provider: 'openai',
      model: 'gpt',
      title: 'A title',
      turn: { kind: 'prompt', conversationId: undefined, parentId: undefined, prompt: 'Hello', findings: null },
      overflow: () => 0,
      idempotency: undefined,
    });
    if (accepted.existing) throw new Error('The run exists already.');
    const { start } = accepted;
    const usage = { input_tokens: 10, output_tokens: 2, cached_tokens: 4, reasoning_tokens: 1 };
    const end: RunEnd = {
      status: 'completed',
      events: [{ seq: 2, event: { type: 'done', finish_reason: 'stop', usage, conversation_id: start.conversation_id } }],
      finishReason: 'stop',
      usage,
      cost: { amount: 0.25, currency: 'USD' },
      error: null,
      usedProvider: 'openai',
      usedModel: 'gpt',
      fallbackReason: null,
      memoryAfter: null,
      firstContentAt: null,
      answerBeganAt: null,
      ...more,
    };
    await runs.finish(replicaId, start.run_id, end);
    return { start, end };
  };
  const today = new Date().toISOString().slice(0, 10);
  const sums = (ownerId?: string) => ledger.sums({ from: today, to: today, ...(ownerId ? { ownerId } : {}) });
  const total = (rows: readonly LedgerSum[]) => rows.filter(({ day, provider, ownerId }) => !day && !provider && !ownerId);

  it('books a run once, also when the statement that ended it is sent again', async () => {
    const { start, end } = await ended();
    await runs.finish(replicaId, start.run_id, end);
    expect(total(await sums())).toMatchObject([
      { runs: 1, inputTokens: 10, outputTokens: 2, cachedTokens: 4, reasoningTokens: 1, estimatedRuns: 0, amount: 0.25, currency: 'USD' },
    ]);
    const conversation = await module.get(ConversationStore).find(OWNER, start.conversation_id);
    expect(conversation).toMatchObject({ inputTokens: 10, outputTokens: 2, usageEstimated: false, costs: { USD: 0.25 } });
  });

  it('keeps who was asked beside who answered, whatever the outcome', async () => {
    const usage = { input_tokens: 3, output_tokens: 0, estimated: true } as const;
    for (const status of ['stopped', 'failed', 'interrupted'] as const) {
      await ended({ status, usage, cost: null, usedProvider: 'other', usedModel: 'm', fallbackReason: 'provider_timeout' });
    }
    const rows = await database.query(
      'select asked_provider, asked_model, provider, model, outcome, estimated, cost from ledger order by at',
    );
    expect(rows).toEqual(
      ['stopped', 'failed', 'interrupted'].map((outcome) => ({
        asked_provider: 'openai',
        asked_model: 'gpt',
        provider: 'other',
        model: 'm',
        outcome,
        estimated: true,
        cost: null,
      })),
    );
    expect(total(await sums())).toMatchObject([{ runs: 3, inputTokens: 9, estimatedRuns: 3, currency: null, amount: 0 }]);
  });

  it('outlives conversations and accounts', async () => {
    const { start } = await ended();
    await ended({}, STRANGER);
    await module.get(ConversationStore).delete(OWNER, start.conversation_id);
    await database.query('delete from app_user where id = $1', [STRANGER]);
    expect(total(await sums())).toMatchObject([{ runs: 2 }]);
    expect(await ledger.users([OWNER, STRANGER])).toEqual([{ id: OWNER, name: 'Local user', email: null }]);
    await database.query(`insert into app_user (id, name, role) values ($1, 'Stranger', 'user')`, [STRANGER]);
  });

  it('sums by day, model and person, and each currency apart', async () => {
    await ended();
    await ended({ cost: { amount: 3, currency: 'EUR' }, usedModel: 'small' });
    await ended({}, STRANGER);
    await database.query(`update ledger set at = now() - interval '3 days' where owner_id = $1`, [STRANGER]);
    const ago = new Date(Date.now() - 3 * 86_400_000).toISOString().slice(0, 10);
    const rows = await ledger.sums({ from: ago, to: today });
    const of = (key: 'day' | 'model' | 'ownerId') =>
      rows
        .filter((row) => row[key])
        .map((row) => [row[key], row.currency, row.runs, row.amount])
        .sort();
    expect(of('day')).toEqual(
      [
        [ago, 'USD', 1, 0.25],
        [today, 'EUR', 1, 3],
        [today, 'USD', 1, 0.25],
      ].sort(),
    );
    expect(of('model')).toEqual([
      ['gpt', 'USD', 2, 0.5],
      ['small', 'EUR', 1, 3],
    ]);
    expect(of('ownerId')).toEqual([
      [OWNER, 'EUR', 1, 3],
      [OWNER, 'USD', 1, 0.25],
      [STRANGER, 'USD', 1, 0.25],
    ]);
    expect(total(await sums(STRANGER))).toEqual([]);
    expect(total(await ledger.sums({ from: ago, to: today, ownerId: STRANGER }))).toMatchObject([{ runs: 1 }]);
  });
});
