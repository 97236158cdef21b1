import { Client } from 'pg';
import { EmbeddedPostgresError } from './embedded-postgres.error';
import { type Passwords } from './password';

const CONNECT_MS = 10_000;
const NO_SUCH_DATABASE = '3D000';
const WRONG_PASSWORD = '28P01';

/** Makes the application's role and database when they are missing, and returns the address of the database. Proves that the server is ours: it knows the password. */
export async function openApplicationDatabase(port: number, passwords: Passwords): Promise<string> {
  const missing = await connect(port, 'echo', passwords.application, 'echo', () => Promise.resolve()).then(
    () => false,
    (error: unknown) => {
      if (!isOneOf(error, NO_SUCH_DATABASE, WRONG_PASSWORD)) throw error;
      return true;
    },
  );
  if (missing) await connect(port, 'postgres', passwords.superuser, 'postgres', (client) => make(client, passwords.application));
  return `postgres://echo:${passwords.application}@127.0.0.1:${port}/echo`;
}

/** The application is no superuser: a statement that somebody smuggles in cannot run programs or read files. */
async function make(client: Client, password: string): Promise<void> {
  const { rowCount: hasRole } = await client.query(`select from pg_roles where rolname = 'echo'`);
  await client.query(`${hasRole ? 'alter' : 'create'} role echo login createdb password ${client.escapeLiteral(password)}`);
  const { rowCount: hasDatabase } = await client.query(`select from pg_database where datname = 'echo'`);
  if (!hasDatabase) await client.query('create database echo owner echo');
}

async function connect(
  port: number,
  user: string,
  password: string,
  database: string,
  work: (client: Client) => Promise<void>,
): Promise<void> {
  const client = new Client({ host: '127.0.0.1', port, user, password, database, ssl: false, connectionTimeoutMillis: CONNECT_MS });
  // Without a listener, a connection that breaks between two statements would end the process; the next statement reports it.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await work(client);
  } catch (error) {
    if (user !== 'postgres' || !isOneOf(error, WRONG_PASSWORD)) throw error;
    throw new EmbeddedPostgresError(
      'The embedded PostgreSQL does not accept the password that is kept beside its data. Bring both back from one backup.',
      { cause: error },
    );
  } finally {
    await client.end();
  }
}

function isOneOf(error: unknown, ...codes: string[]): boolean {
  return codes.includes(String((error as { code?: unknown }).code));
}
