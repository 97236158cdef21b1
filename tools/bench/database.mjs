import pg from 'pg';
import { atEnd } from './endings.mjs';

const WAL_POSITION = `select pg_current_wal_insert_lsn() - '0/0'::pg_lsn as bytes, (select wal_fpi from pg_stat_wal) as pages`;

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
  return {
    url: server.url,
    query,
    /** How many bytes of write-ahead log there have been, and how many whole pages were among them (told a little late). */
    walPosition: async () => {
      const [{ bytes, pages }] = await query(WAL_POSITION);
      return { bytes: Number(bytes), pages: Number(pages) };
    },
  };
}
