import { type DatabaseState } from '@echo/api-persistence';
import { databaseFindings } from './database-findings';

const GOOD: DatabaseState = {
  version: '17.2',
  majorVersion: 17,
  clockAheadMs: -3,
  roundTripMs: 0.4,
  mayCreate: true,
  connections: 5,
  maxConnections: 100,
  schema: { applied: ['First1'], pending: [], unknown: [] },
};
const look = (change: Partial<DatabaseState>): [string, string][] =>
  databaseFindings({ ...GOOD, ...change }, 20)
    .filter(({ state }) => state !== 'ok')
    .map(({ state, words }) => [state, words]);

describe('what is found about a database', () => {
  it('is nothing where all is well', () => expect(look({})).toEqual([]));

  it.each<[string, Partial<DatabaseState>, string, RegExp]>([
    ['an old server', { version: '14.9', majorVersion: 14 }, 'fault', /14\.9.*15 or newer/],
    ['an empty database', { schema: { applied: [], pending: ['First1'], unknown: [] } }, 'note', /empty.*when it starts/],
    ['a schema of an earlier release', { schema: { applied: ['A1'], pending: ['B2', 'C3'], unknown: [] } }, 'note', /2 changes.*--plan/],
    ['a schema of a newer release', { schema: { applied: ['A1'], pending: [], unknown: ['Z9'] } }, 'fault', /newer release.*Z9/],
    [
      'a user who may not create tables',
      { mayCreate: false, schema: { applied: [], pending: ['A1'], unknown: [] } },
      'fault',
      /alter schema public owner/,
    ],
    ['a clock that is a little off', { clockAheadMs: 3_000 }, 'note', /3\.0 s behind/],
    ['a clock that is far off', { clockAheadMs: -40_000 }, 'fault', /40\.0 s ahead.*NTP/],
    ['a server that is far away', { roundTripMs: 80 }, 'note', /80\.0 ms.*nearer/],
    ['a server that has no room', { connections: 90 }, 'note', /90 of 100.*max_connections/],
  ])('says what to do about %s', (_, change, state, words) => expect(look(change)).toEqual([[state, expect.stringMatching(words)]]));

  it('needs no right to create where nothing is to be made', () => expect(look({ mayCreate: false })).toEqual([]));
});
