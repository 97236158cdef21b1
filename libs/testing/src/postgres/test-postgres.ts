import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { sharedUrl } from './shared-server';
import { startTestServer, type TestServer } from './test-server';

/** Ten seconds in all. */
const DROP_TRIES = 50;
const DROP_RETRY_MS = 200;

/** A database of one's own, empty at first. */
export interface TestPostgres {
  /** `postgres://user:password@127.0.0.1:port/database` */
  readonly url: string;
  /** Removes the database, whoever is still connected. */
  stop(): Promise<void>;
}

/** Makes a database (20 to 50 ms) in the server that Jest's `globalSetup` started; where there is none, in a server of its own (a second and more). */
export async function startTestPostgres(): Promise<TestPostgres> {
  const url = sharedUrl();
  const server: TestServer = url === undefined ? await startTestServer() : { url, stop: () => Promise.resolve() };
  const name = `test_${randomBytes(8).toString('hex')}`;
  await run(server.url, `create database ${name}`);
  return {
    url: Object.assign(new URL(server.url), { pathname: `/${name}` }).href,
    stop: async () => {
      await drop(server.url, name);
      await server.stop();
    },
  };
}

/** The server's own vacuum may be at work in it, which our role may not end: it is done in a moment. */
async function drop(url: string, name: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await run(url, `drop database if exists ${name} with (force)`);
    } catch (error) {
      const isBusy = ['42501', '55006'].includes((error as { code?: string }).code ?? '');
      if (!isBusy || tries === DROP_TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, DROP_RETRY_MS));
    }
  }
}

async function run(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  try {
    await client.connect();
    await client.query(sql);
  } finally {
    await client.end();
  }
}
