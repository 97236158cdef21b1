import { startTestPostgres, type TestPostgres } from '@echo/testing';
import { Test, type TestingModule } from '@nestjs/testing';
import { createHash } from 'node:crypto';
import { Database } from '../database';
import { PersistenceModule } from '../persistence.module';
import { EmailTakenError } from './account-errors';
import { EnrolmentStore } from './enrolment.store';
import { IdentityStore } from './identity.store';
import { SessionStore } from './session.store';
import { UserStore } from './user.store';

const ISSUER = 'https://id.example.org';
const hash = (text: string): Buffer => createHash('sha256').update(text).digest();

describe('people who come through an identity provider, on a real PostgreSQL', () => {
  let postgres: TestPostgres;
  let module: TestingModule;
  let identities: IdentityStore;
  let enrolment: EnrolmentStore;
  let sessions: SessionStore;

  beforeAll(async () => {
    postgres = await startTestPostgres();
    module = await Test.createTestingModule({ imports: [PersistenceModule.register({ url: postgres.url, poolSize: 10 })] }).compile();
    await module.get(Database).connect();
    identities = module.get(IdentityStore);
    enrolment = module.get(EnrolmentStore);
    sessions = module.get(SessionStore);
  });
  afterAll(async () => {
    await module.close();
    await postgres.stop();
  });

  it('have one account, however many first visits there are at once', async () => {
    const newcomer = { email: 'eve@example.org', name: 'Eve', passwordHash: null };
    const visits = Array.from({ length: 20 }, () => enrolment.signUpWith({ issuer: ISSUER, subject: 'eve' }, newcomer, 'user'));
    const made = (await Promise.allSettled(visits)).map((each) => (each.status === 'fulfilled' ? each.value.id : each.reason.constructor));
    expect(made.filter((each) => each === EmailTakenError)).toHaveLength(19);
    const found = await identities.find(ISSUER, 'eve');
    expect(made).toContain(found?.userId);
    expect(await identities.find('https://other.example.org', 'eve')).toBeUndefined();
    expect(await module.get(UserStore).find(found?.userId ?? '')).toMatchObject({ hasSingleSignOn: true, hasPassword: false });
  });

  it('lose the sessions that the identity provider ends, and no others', async () => {
    const who = async (name: string) =>
      enrolment.signUpWith({ issuer: ISSUER, subject: name }, { email: `${name}@example.org`, name, passwordHash: null }, 'user');
    const [ann, bob] = [await who('ann'), await who('bob')];
    const open = async (userId: string, token: string, sessionId: string | null, issuer = ISSUER) =>
      sessions.create({ userId, tokenHash: hash(token), ip: null, client: 'a browser', singleSignOn: { issuer, sessionId } });
    const first = await open(ann.id, 'first', 's1');
    const second = await open(ann.id, 'second', 's2');
    await open(bob.id, 'bob', 's3');
    await open(ann.id, 'elsewhere', 's1', 'https://other.example.org');
    await sessions.create({ userId: ann.id, tokenHash: hash('by password'), ip: null, client: 'a browser' });

    expect(await identities.endSessions({ issuer: ISSUER, subject: null, sessionId: 's1' })).toEqual([
      { userId: ann.id, sessionId: first },
    ]);
    expect(await identities.endSessions({ issuer: ISSUER, subject: 'bob', sessionId: 's2' })).toEqual([]);
    expect(await identities.endSessions({ issuer: ISSUER, subject: 'ann', sessionId: null })).toEqual([
      { userId: ann.id, sessionId: second },
    ]);
    expect(await sessions.list(ann.id)).toHaveLength(2);
    expect(await sessions.list(bob.id)).toHaveLength(1);
  });
});
