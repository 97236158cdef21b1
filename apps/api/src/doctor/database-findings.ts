import { type DatabaseState, SchemaNewerError } from '@echo/api-persistence';
import { type Finding, fault, note, ok } from './finding';

/** Older ones are not tested. */
const OLDEST = 15;
/** One-time codes are good for 30 s before and after; a lease lasts 5 s, by the database's own clock. */
const CLOCK = { noteMs: 2_000, faultMs: 25_000 };
/** A group commit waits for at least one round trip. */
const SLOW_MS = 20;
/** Connections of one replica beside its pool: the group commit, and the line for notices and the lease. */
const OWN_CONNECTIONS = 2;

/** What a database that was reached is like. */
export function databaseFindings(state: DatabaseState, poolSize: number): Finding[] {
  return [versionOf(state), schemaOf(state), clockOf(state), distanceOf(state), roomOf(state, poolSize)];
}

function versionOf({ version, majorVersion }: DatabaseState): Finding {
  if (majorVersion >= OLDEST) return ok('database', `PostgreSQL ${version} answers.`);
  return fault('database', `It is PostgreSQL ${version}. EchoV2 needs ${OLDEST} or newer: upgrade it.`);
}

function schemaOf({ schema: { applied, pending, unknown }, mayCreate }: DatabaseState): Finding {
  if (unknown.length > 0) return fault('schema', new SchemaNewerError(unknown).message);
  if (pending.length === 0) return ok('schema', `It is up to date: ${applied.length} changes were made.`);
  if (!mayCreate)
    return fault(
      'schema',
      `${pending.length} changes are to be made, and the user of DATABASE_URL may not create tables. Let it own the schema: alter schema public owner to …`,
    );
  const when = applied.length === 0 ? 'It is empty' : `${pending.length} changes are to be made`;
  return note('schema', `${when}. The server makes it when it starts; "npm run migrate -- --plan" shows how.`);
}

function clockOf({ clockAheadMs }: DatabaseState): Finding {
  const away = Math.abs(clockAheadMs);
  if (away < CLOCK.noteMs) return ok('clock', `It is ${Math.round(away)} ms from the database's.`);
  const words = `It is ${(away / 1000).toFixed(1)} s ${clockAheadMs > 0 ? 'behind' : 'ahead of'} the database's. Let both machines keep time by NTP`;
  return away < CLOCK.faultMs ? note('clock', `${words}.`) : fault('clock', `${words}: one-time codes and expiries are wrong meanwhile.`);
}

function distanceOf({ roundTripMs }: DatabaseState): Finding {
  const words = `A statement there and back takes ${roundTripMs.toFixed(1)} ms`;
  if (roundTripMs < SLOW_MS) return ok('distance', `${words}.`);
  return note('distance', `${words}: every piece of text waits at least that long. Put the server nearer to its database.`);
}

function roomOf({ connections, maxConnections }: DatabaseState, poolSize: number): Finding {
  const needed = poolSize + OWN_CONNECTIONS;
  const words = `${connections} of ${maxConnections} connections are in use; a replica takes up to ${needed}`;
  if (maxConnections - connections > needed) return ok('connections', `${words}.`);
  return note('connections', `${words}, if this one is not among them already. Raise max_connections.`);
}
