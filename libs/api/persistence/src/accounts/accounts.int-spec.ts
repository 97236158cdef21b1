import { LIMITS } from '@echo/contract';
import { startTestPostgres, type TestPostgres } from '@echo/testing';
import { Test, type TestingModule } from '@nestjs/testing';
import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Database } from '../database';
import { PersistenceModule } from '../persistence.module';
import { ConversationStore } from '../stores/conversation.store';
import { AlreadySetUpError, EmailTakenError, LastAdministratorError, LinkExpiredError } from './account-errors';
import { ApiKeyStore } from './api-key.store';
import { EnrolmentStore } from './enrolment.store';
import { OneTimeLinkStore } from './one-time-link.store';
import { SecondFactorStore } from './second-factor.store';
import { SessionStore } from './session.store';
import { StandingStore } from './standing.store';
import { UserStore } from './user.store';

const TWENTY = Array.from({ length: 20 }, (_, index) => index);
const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
const person = (name: string) => ({ email: `${name}@example.org`, name, passwordHash: 'a hash' });
/** How often each outcome came: `ok`, or the name of the error. */
async function outcomes(work: readonly Promise<unknown>[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const each of await Promise.allSettled(work)) {
    const name = each.status === 'fulfilled' ? 'ok' : (each.reason as Error).constructor.name;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

describe('accounts, on a real PostgreSQL', () => {
  let postgres: TestPostgres;
  let module: TestingModule;
  let database: Database;
  let users: UserStore;
  let enrolment: EnrolmentStore;
  let links: OneTimeLinkStore;
  let sessions: SessionStore;
  let keys: ApiKeyStore;
  let factors: SecondFactorStore;

  beforeAll(async () => {
    postgres = await startTestPostgres();
    module = await Test.createTestingModule({ imports: [PersistenceModule.register({ url: postgres.url, poolSize: 10 })] }).compile();
    database = module.get(Database);
    await database.connect();
    users = module.get(UserStore);
    enrolment = module.get(EnrolmentStore);
    links = module.get(OneTimeLinkStore);
    sessions = module.get(SessionStore);
    keys = module.get(ApiKeyStore);
    factors = module.get(SecondFactorStore);
  });
  afterEach(async () => {
    await database.query('delete from one_time_link');
    await database.query("delete from app_user where id <> '00000000-0000-7000-8000-000000000001'");
  });
  afterAll(async () => {
    await module.close();
    await postgres.stop();
  });

  const link = (kind: 'setup' | 'invitation' | 'reset', more: object = {}) =>
    links.create({ kind, tokenHash: hash(kind), seconds: 60, ...more });
  const session = async (userId: string, token: string) =>
    sessions.create({ userId, tokenHash: hash(token), ip: '192.0.2.1', client: 'Firefox on Linux' });

  describe('the first administrator', () => {
    it('is one, however many try at once', async () => {
      await link('setup');
      expect(await users.isAnybodyThere()).toBe(false);
      expect(await outcomes(TWENTY.map((index) => enrolment.setUp(hash('setup'), person(`p${index}`))))).toEqual({
        ok: 1,
        AlreadySetUpError: 19,
      });
      const people = await users.list({ limit: 50 });
      expect(people.map(({ role, status }) => [role, status])).toEqual([['administrator', 'active']]);
      await expect(enrolment.setUp(hash('setup'), person('late'))).rejects.toThrow(AlreadySetUpError);
    });

    it('needs the link, while it works', async () => {
      await link('setup', { seconds: 0 });
      await expect(enrolment.setUp(hash('setup'), person('anna'))).rejects.toThrow(LinkExpiredError);
      await expect(enrolment.setUp(hash('guessed'), person('anna'))).rejects.toThrow(LinkExpiredError);
      expect(await users.isAnybodyThere()).toBe(false);
    });
  });

  it('makes one account of an invitation, and leaves it good when the address is taken', async () => {
    const { id } = await enrolment.signUp(person('anna'), 'administrator');
    await link('invitation', { role: 'user', createdBy: id });
    expect(await links.invitation(hash('invitation'))).toMatchObject({ invitedBy: 'anna', role: 'user', email: null });
    await expect(enrolment.accept(hash('invitation'), person('anna'))).rejects.toThrow(EmailTakenError);
    expect(await outcomes(TWENTY.map((index) => enrolment.accept(hash('invitation'), person(`b${index}`))))).toEqual({
      ok: 1,
      LinkExpiredError: 19,
    });
    expect(await links.invitations()).toEqual([]);
  });

  it('resets a password once and ends the sessions', async () => {
    const { id } = await enrolment.signUp(person('anna'));
    await session(id, 'old');
    await link('reset', { userId: id });
    expect(await links.resetOf(hash('reset'))).toEqual({ userId: id, email: 'anna@example.org', name: 'anna' });
    expect(await outcomes(TWENTY.map(() => enrolment.resetPassword(hash('reset'), 'another hash')))).toEqual({
      ok: 1,
      LinkExpiredError: 19,
    });
    expect(await sessions.find(hash('old'))).toBeUndefined();
    expect(await users.findForSignIn({ id })).toMatchObject({ passwordHash: 'another hash' });
  });

  describe('a session', () => {
    it('stands for its owner until it ends', async () => {
      const { id } = await enrolment.signUp(person('anna'));
      const sessionId = await session(id, 'token');
      expect(await sessions.find(hash('token'))).toEqual({ id: sessionId, userId: id, name: 'anna', role: 'user', isStale: false });
      expect(await sessions.find(hash('another'))).toBeUndefined();
      await sessions.rotate(id, sessionId, hash('fresh'));
      expect(await sessions.find(hash('token'))).toBeUndefined();
      expect(await sessions.find(hash('fresh'))).toMatchObject({ id: sessionId });
      for (const [what, sql] of [
        ['idle', `update session set last_used_at = now() - interval '12 hours 1 second'`],
        ['over', `update session set last_used_at = now(), expires_at = now() - interval '1 second'`],
        [
          'disabled',
          `update session set expires_at = now() + interval '1 day'; update app_user set status = 'disabled' where email is not null`,
        ],
      ]) {
        await database.query(sql ?? '');
        expect([what, await sessions.find(hash('fresh'))]).toEqual([what, undefined]);
      }
    });

    it('is noted as used once a minute', async () => {
      const { id } = await enrolment.signUp(person('anna'));
      const sessionId = await session(id, 'token');
      await sessions.touch(sessionId);
      await database.query(`update session set last_used_at = now() - interval '2 minutes'`);
      expect(await sessions.find(hash('token'))).toMatchObject({ isStale: true });
      await sessions.touch(sessionId);
      expect(await sessions.find(hash('token'))).toMatchObject({ isStale: false });
    });

    it('ends alone, with the others, or with its owner’s role', async () => {
      const { id } = await enrolment.signUp(person('anna'));
      const { id: other } = await enrolment.signUp(person('bert'));
      const [a] = [await session(id, 'a'), await session(id, 'b'), await session(id, 'c'), await session(other, 'd')];
      expect(await sessions.delete(other, a)).toBe(false);
      expect(await sessions.deleteAll(id, a)).toBe(2);
      expect(await sessions.list(id)).toMatchObject([{ id: a, client: 'Firefox on Linux' }]);
      await users.change(id, { role: 'administrator' });
      expect(await sessions.list(id)).toEqual([]);
      expect(await sessions.list(other)).toHaveLength(1);
    });

    it('and a key tell how they stand, many at a time', async () => {
      const { id } = await enrolment.signUp(person('anna'));
      const sessionId = await session(id, 'a');
      await keys.create({ id: 'key00001', userId: id, keyHash: hash('k'), name: 'ci', scopes: ['chat:read'], days: 1 });
      const standing = module.get(StandingStore);
      const gone = '00000000-0000-7000-8000-0000000000ff';
      expect(await standing.roles([sessionId, gone], ['key00001', 'nothing0'])).toEqual(
        new Map([
          [sessionId, 'user'],
          ['key00001', 'user'],
        ]),
      );
      await users.change(id, { status: 'disabled' });
      expect(await standing.roles([sessionId], ['key00001'])).toEqual(new Map());
    });
  });

  it('knows a key while it is good, and its owner with it (CVE-2026-32717)', async () => {
    const { id } = await enrolment.signUp(person('anna'));
    await keys.create({ id: 'key00001', userId: id, keyHash: hash('k'), name: 'ci', scopes: ['chat:read', 'admin'], days: 90 });
    expect(await keys.find('key00001')).toMatchObject({ userId: id, scopes: ['chat:read', 'admin'], isStale: true, keyHash: hash('k') });
    await keys.touch('key00001');
    expect(await keys.find('key00001')).toMatchObject({ isStale: false });
    await users.change(id, { status: 'disabled' });
    expect(await keys.find('key00001')).toBeUndefined();
    await users.change(id, { status: 'active' });
    expect(await keys.delete('00000000-0000-7000-8000-0000000000ff', 'key00001')).toBe(false);
    expect(await keys.list(id)).toHaveLength(1);
    expect(await keys.delete(id, 'key00001')).toBe(true);
    expect(await keys.find('key00001')).toBeUndefined();
  });

  it('makes as many keys as one person may have, and not one more of twenty at once', async () => {
    const { id: userId } = await enrolment.signUp(person('anna'));
    const make = (index: number) =>
      keys.create({ id: `many${1000 + index}`, userId, keyHash: hash(`${index}`), name: 'ci', scopes: ['chat:read'], days: 1 });
    for (let index = 0; index < LIMITS.keysPerPerson - 1; index++) await make(index);
    expect(await outcomes(TWENTY.map((index) => make(500 + index)))).toEqual({ ok: 1, TooManyKeysError: 19 });
    await keys.delete(userId, 'many1000');
    await make(900);
    expect(await keys.list(userId)).toHaveLength(LIMITS.keysPerPerson);
  });

  describe('a second factor', () => {
    it('counts from its confirmation on', async () => {
      const { id } = await enrolment.signUp(person('anna'));
      await factors.begin(id, 'sealed pending');
      expect(await factors.pending(id)).toBe('sealed pending');
      expect(await users.find(id)).toMatchObject({ hasSecondFactor: false });
      const confirm = () => factors.confirm(id, 'sealed pending', 'sealed', 100, [hash('1'), hash('2')]);
      expect((await Promise.all(TWENTY.map(confirm))).filter(Boolean)).toHaveLength(1);
      expect(await users.findForSignIn({ id })).toMatchObject({ hasSecondFactor: true, totpSecret: 'sealed' });
      expect(await factors.countCodes(id)).toBe(2);
      expect(await factors.end(id)).toBe(true);
      expect(await factors.countCodes(id)).toBe(0);
      expect(await factors.end(id)).toBe(false);
    });

    it('takes each step and each recovery code once, of twenty at once too (CVE-2026-72917)', async () => {
      const { id } = await enrolment.signUp(person('anna'));
      const { id: other } = await enrolment.signUp(person('bert'));
      await factors.replaceCodes(id, [hash('1'), hash('2')]);
      expect(await factors.useCode(other, hash('1'))).toBe(false);
      expect((await Promise.all(TWENTY.map(() => factors.useCode(id, hash('1'))))).filter(Boolean)).toHaveLength(1);
      expect(await factors.countCodes(id)).toBe(1);
      expect((await Promise.all(TWENTY.map(() => factors.useStep(id, 7)))).filter(Boolean)).toHaveLength(1);
      expect(await factors.useStep(id, 6)).toBe(false);
      expect(await factors.useStep(id, 8)).toBe(true);
    });
  });

  describe('the last active administrator', () => {
    it('stays one', async () => {
      const { id } = await enrolment.signUp(person('anna'), 'administrator');
      await enrolment.signUp(person('bert'));
      for (const changes of [{ role: 'user' }, { status: 'disabled' }] as const)
        await expect(users.change(id, changes)).rejects.toThrow(LastAdministratorError);
      await expect(users.delete(id)).rejects.toThrow(LastAdministratorError);
      await users.change(id, { name: 'Anna' });
      expect(await users.find(id)).toMatchObject({ role: 'administrator', status: 'active', name: 'Anna' });
    });

    it('is left when twenty go at once', async () => {
      const all = await Promise.all(TWENTY.map((index) => enrolment.signUp(person(`admin${index}`), 'administrator')));
      const ways = [
        (id: string) => users.change(id, { role: 'user' }),
        (id: string) => users.change(id, { status: 'disabled' }),
        (id: string) => users.delete(id),
      ];
      expect(await outcomes(all.map(({ id }, index) => ways[index % 3]?.(id) ?? Promise.resolve()))).toEqual({
        ok: 19,
        LastAdministratorError: 1,
      });
    });
  });

  it('deletes an account with everything in it, and nobody else’s', async () => {
    const { id } = await enrolment.signUp(person('anna'));
    const { id: other } = await enrolment.signUp(person('bert'));
    const conversations = module.get(ConversationStore);
    for (let count = 0; count < 45; count++) await conversations.create(id, 'hers');
    const his = await conversations.create(other, 'his');
    await session(id, 'a');
    await keys.create({ id: 'key00001', userId: id, keyHash: hash('k'), name: 'ci', scopes: [], days: 1 });
    await factors.replaceCodes(id, [randomBytes(32)]);
    await link('reset', { userId: id });
    expect(await users.delete(id)).toBe(true);
    expect(await users.delete(id)).toBe(false);
    for (const table of ['session', 'api_key', 'recovery_code', 'one_time_link'])
      expect([table, await database.query(`select 1 from ${table}`)]).toEqual([table, []]);
    expect(await database.query<{ id: number }>('select id from conversation')).toEqual([{ id: his.id }]);
  });

  it('lists people page by page, and finds them', async () => {
    for (const name of ['anna', 'bert', 'cleo']) {
      await enrolment.signUp(person(name));
      // Of two in one millisecond, either may be the first.
      await sleep(2);
    }
    const [first] = await users.list({ limit: 1 });
    expect(first?.name).toBe('anna');
    const rest = await users.list({ limit: 9, after: { createdAt: first?.createdAt ?? new Date(), id: first?.id ?? '' } });
    expect(rest.map(({ name }) => name)).toEqual(['bert', 'cleo']);
    expect((await users.list({ limit: 9, query: 'ERT@' })).map(({ name }) => name)).toEqual(['bert']);
    expect(await users.list({ limit: 9, query: '%' })).toEqual([]);
  });
});
