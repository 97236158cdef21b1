import { Refusal } from '../refusals/refusal';
import { ARGON2_COST, Argon2Hasher } from './argon2-hasher';

/** Cheap, so that the tests are about what is done and not about how long it takes. */
const CHEAP = { memory: 64, passes: 1, parallelism: 1 };

describe('Argon2Hasher', () => {
  it('keeps a password as a PHC string that only the password opens', async () => {
    const hasher = new Argon2Hasher();
    const stored = await hasher.hash('correct horse battery');
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=65536,t=3,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(await hasher.verify('correct horse battery', stored)).toBe(true);
    expect(await hasher.verify('correct horse batterY', stored)).toBe(false);
    expect(await new Argon2Hasher(CHEAP).verify('correct horse battery', stored)).toBe(true);
  });

  it('salts each', async () => {
    const hasher = new Argon2Hasher(CHEAP);
    expect(await hasher.hash('same')).not.toBe(await hasher.hash('same'));
  });

  it('verifies what other implementations made', async () => {
    // Test vector of the reference implementation: argon2id v19, m=256, t=2, p=1, "password", salt "somesalt".
    const stored = '$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4';
    expect(await new Argon2Hasher().verify('password', stored)).toBe(true);
  });

  it('works as hard where there is nobody, and says no', async () => {
    const hasher = new Argon2Hasher(CHEAP);
    expect(await hasher.verify('anything', null)).toBe(false);
    expect(await hasher.verify('anything', 'not a hash')).toBe(false);
  });

  it('knows what was made with other parameters', async () => {
    const cheap = await new Argon2Hasher(CHEAP).hash('x');
    expect(new Argon2Hasher(CHEAP).isOutdated(cheap)).toBe(false);
    expect(new Argon2Hasher(ARGON2_COST).isOutdated(cheap)).toBe(true);
    expect(new Argon2Hasher(CHEAP).isOutdated('nonsense')).toBe(true);
  });

  it('lets twenty wait and sends the next one away', async () => {
    const hasher = new Argon2Hasher(CHEAP);
    const outcomes = await Promise.allSettled(Array.from({ length: 30 }, () => hasher.hash('many at once')));
    const refused = outcomes.filter((each) => each.status === 'rejected');
    expect(refused).toHaveLength(8);
    expect(refused.every(({ reason }) => reason instanceof Refusal && reason.code === 'overloaded')).toBe(true);
    expect(await hasher.hash('afterwards')).toMatch(/^\$argon2id/);
  });
});
