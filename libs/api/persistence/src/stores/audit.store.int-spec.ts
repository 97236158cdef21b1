import { startTestPostgres, type TestPostgres } from '@echo/testing';
import { Test, type TestingModule } from '@nestjs/testing';
import { Database } from '../database';
import { PersistenceModule } from '../persistence.module';
import { AuditLog } from './audit-log';
import { AuditStore } from './audit.store';

const LOCAL = '00000000-0000-7000-8000-000000000001';
const STRANGER = '00000000-0000-7000-8000-00000000000f';
const actor = (userId: string | null) => ({ userId, via: 'session' as const, ip: '192.0.2.7', requestId: 'abc' });

describe('the audit log, on a real PostgreSQL', () => {
  let postgres: TestPostgres;
  let module: TestingModule;
  let log: AuditLog;
  let store: AuditStore;

  beforeAll(async () => {
    postgres = await startTestPostgres();
    module = await Test.createTestingModule({ imports: [PersistenceModule.register({ url: postgres.url, poolSize: 5 })] }).compile();
    await module.get(Database).connect();
    log = module.get(AuditLog);
    store = module.get(AuditStore);
    await log.record(actor(LOCAL), { action: 'key.create', target: 'key:1' });
    await log.record(actor(STRANGER), { action: 'key.revoke', target: 'key:1', detail: 'by its owner' });
    await log.record(actor(null), { action: 'session.create', result: 'refused', detail: 'sign_in_failed' });
  });
  afterAll(async () => {
    await module.close();
    await postgres.stop();
  });

  it('tells who, what, how it went and from where, newest first', async () => {
    const entries = await store.page({ limit: 10 });
    expect(entries.map(({ action, result, actor_name }) => [action, result, actor_name])).toEqual([
      ['session.create', 'refused', null],
      ['key.revoke', 'ok', null],
      ['key.create', 'ok', 'Local user'],
    ]);
    expect(entries[2]).toMatchObject({
      actor_id: LOCAL,
      target: 'key:1',
      detail: null,
      ip: '192.0.2.7',
      via: 'session',
      request_id: 'abc',
    });
  });

  it('is read by actor, action, time and place', async () => {
    const actions = async (filter: object) => (await store.page({ limit: 10, ...filter })).map(({ action }) => action);
    expect(await actions({ actor: LOCAL })).toEqual(['key.create']);
    expect(await actions({ action: 'key.revoke' })).toEqual(['key.revoke']);
    expect(await actions({ from: new Date(Date.now() + 3_600_000) })).toEqual([]);
    expect(await actions({ to: new Date(Date.now() + 3_600_000) })).toHaveLength(3);
    const [newest] = await store.page({ limit: 1 });
    expect(await actions({ before: newest?.id })).toEqual(['key.revoke', 'key.create']);
    expect((await store.after(0, 2)).map(({ action }) => action)).toEqual(['key.create', 'key.revoke']);
  });

  it.each(["update audit set detail = 'nothing happened'", 'delete from audit', 'truncate audit'])('refuses: %s', async (sql) => {
    await expect(module.get(Database).query(sql)).rejects.toThrow('append-only');
    expect(await store.page({ limit: 10 })).toHaveLength(3);
  });
});
