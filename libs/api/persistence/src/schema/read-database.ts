import { Client } from 'pg';
import { CONNECT_MS } from '../connections/bounded-client';
import { type Ask, readSchemaState, type SchemaState } from './schema-state';

/** What a look at a database tells. */
export interface DatabaseState {
  /** `17.2` */
  readonly version: string;
  /** 15 for any 15.x. */
  readonly majorVersion: number;
  /** Milliseconds that its clock is before ours; negative: behind. Right to half the time of a round trip. */
  readonly clockAheadMs: number;
  /** Milliseconds that a statement takes there and back. */
  readonly roundTripMs: number;
  /** Whether our role may make tables where ours are made. */
  readonly mayCreate: boolean;
  /** Connections that are open in all databases of the server, and how many it takes. */
  readonly connections: number;
  readonly maxConnections: number;
  readonly schema: SchemaState;
}

const STATE = `select current_setting('server_version') as version, current_setting('server_version_num')::int / 10000 as "majorVersion",
  coalesce(has_schema_privilege(current_schema(), 'create'), false) as "mayCreate",
  (select count(*)::int from pg_stat_activity where backend_type = 'client backend') as connections,
  current_setting('max_connections')::int as "maxConnections"`;
const CLOCK = 'select extract(epoch from clock_timestamp())::float8 * 1000 as now';
const CLOCK_TRIES = 3;

/** Looks at a database on a connection of its own and changes nothing. */
export async function readDatabase(url: string): Promise<DatabaseState> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: CONNECT_MS, query_timeout: CONNECT_MS });
  // Without a listener, a connection that breaks between two statements would end the process; the next statement reports it.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const ask: Ask = async <Row>(sql: string, parameters: readonly unknown[] = []) =>
      (await client.query(sql, [...parameters])).rows as Row[];
    const [state] = await ask<Omit<DatabaseState, 'schema' | 'clockAheadMs' | 'roundTripMs'>>(STATE);
    if (state === undefined) throw new Error('The database did not say what it is.');
    return { ...state, ...(await readClock(ask)), schema: await readSchemaState(ask) };
  } finally {
    await client.end();
  }
}

/** The quickest of a few round trips: its half is the error. */
async function readClock(ask: Ask): Promise<Pick<DatabaseState, 'clockAheadMs' | 'roundTripMs'>> {
  let best = { clockAheadMs: 0, roundTripMs: Infinity };
  for (let tries = 0; tries < CLOCK_TRIES; tries++) {
    const before = performance.now();
    const [row] = await ask<{ now: number }>(CLOCK);
    const roundTripMs = performance.now() - before;
    if (row && roundTripMs < best.roundTripMs) best = { clockAheadMs: row.now - (Date.now() - roundTripMs / 2), roundTripMs };
  }
  return best;
}
