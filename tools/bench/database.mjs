import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { now } from './clock.mjs';
import { atEnd } from './endings.mjs';

const WAL_POSITION = `select pg_current_wal_insert_lsn() - '0/0'::pg_lsn as bytes, (select wal_fpi from pg_stat_wal) as pages`;
const TABLES = 'run_event, message, run, conversation, replica, idempotency';
/** Bytes in half a second: signs of life are less, a vacuum is more. */
const QUIET = { bytes: 2_000, ms: 500, patienceMs: 15_000 };

/** Starts the PostgreSQL that the application brings along, apart from it: so that two replicas can use it, and we can ask it. Ends with us. */
export async function startDatabase(folder) {
  // Not imported above: it is there only once everything is built.
  const { startEmbeddedPostgres } = await import('@echo/api-persistence');
  const server = await startEmbeddedPostgres({ dataDir: folder, log: () => undefined });
  atEnd(() => server.stop());
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  atEnd(() => client.end());
  const query = async (text, values) => (await client.query(text, values)).rows;
  const walPosition = async () => {
    const [{ bytes, pages }] = await query(WAL_POSITION);
    return { bytes: Number(bytes), pages: Number(pages) };
  };
  return {
    url: server.url,
    query,
    /** Another database of the same server: its URL, and how to ask it. */
    another: async (name) => {
      await query(`create database ${name}`);
      const url = Object.assign(new URL(server.url), { pathname: `/${name}` }).href;
      const other = new pg.Client({ connectionString: url });
      await other.connect();
      atEnd(() => other.end());
      return { url, query: async (text, values) => (await other.query(text, values)).rows };
    },
    /** How many bytes of write-ahead log there have been, and how many whole pages were among them (told a little late). */
    walPosition,
    /** Leaves PostgreSQL nothing to tidy up in the middle of a measurement, and waits until it writes nothing any more. */
    settle: async () => {
      await query(`vacuum analyze ${TABLES}`);
      let before = await walPosition();
      for (const deadline = now() + QUIET.patienceMs; now() < deadline;) {
        await sleep(QUIET.ms);
        const after = await walPosition();
        if (after.bytes - before.bytes < QUIET.bytes) return;
        before = after;
      }
    },
  };
}
