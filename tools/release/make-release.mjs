// Keeps what later releases are tested against: a database of this release with made-up data, what must be found in it, and the statements that this release
// sends. Run with: npm run release:keep    (once for each release; it writes libs/api/persistence/releases/<version>).
// Then the commit is tagged v<version>: the tests of the next release run its code beside their own, where a checkout holds the tag.
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import * as prettier from 'prettier';
import { dumpDatabase } from './dump.mjs';
import { playStory } from './story.mjs';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
execFileSync(process.execPath, [join(root, 'node_modules/.bin/nx'), 'run-many', '-t', 'build', '-p', 'api', 'testing'], {
  cwd: root,
  stdio: 'inherit',
});
const load = createRequire(import.meta.url);
const { EchoApp, PostgresLine } = load('../../libs/testing/dist/index.js');
const { startEmbeddedPostgres, statementsOf } = load('../../libs/api/persistence/dist/index.js');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
/** Opens what is sealed in the dump. It protects nothing: all in it is made up. */
const MASTER_KEY = 'q3vB7xkT0mWz5uJdYhLr9sPf2aCeN8gQ';

const dataDir = mkdtempSync(join(tmpdir(), 'echo-release-'));
// The database's own user must pass through.
chmodSync(dataDir, 0o755);
const postgres = await startEmbeddedPostgres({ dataDir, durable: false, log: () => undefined });
const line = await PostgresLine.start(postgres.url);
const statements = new Set();
line.onStatement = (sql) => statements.add(sql.trim());
const app = await EchoApp.start({ env: { DATABASE_URL: line.url, ECHO_AUTH: 'accounts', ECHO_MASTER_KEY: MASTER_KEY } });
try {
  const story = await playStory(app);
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  // It names a process of the machine that makes the dump.
  await client.query('update replica set process = null');
  const dump = await dumpDatabase(client, statementsOf);
  const questions = await thoseThatCanBePrepared(client, [...statements]);
  await client.end();
  const folder = join(root, 'libs/api/persistence/releases', version);
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'dump.sql'),
    `-- A database of EchoV2 ${version} with made-up data. Made by npm run release:keep; never changed afterwards.\n\n${dump}`,
  );
  const json = (value) => prettier.format(JSON.stringify(value), { parser: 'json', printWidth: 140 });
  writeFileSync(join(folder, 'story.json'), await json({ masterKey: MASTER_KEY, ...story }));
  writeFileSync(join(folder, 'statements.json'), await json(questions));
  process.stdout.write(
    `${folder}: ${dump.length} characters of dump, ${questions.length} statements\nCommit it, and tag that commit v${version}.\n`,
  );
} finally {
  await app.stop('SIGKILL');
  line.proxy.away();
  await postgres.stop();
  rmSync(dataDir, { recursive: true });
}

/** What reads and writes our tables, and not what asks about the server itself. */
async function thoseThatCanBePrepared(client, candidates) {
  const kept = candidates.filter(
    (sql) => /^(select|insert|update|delete|with)\b/i.test(sql) && !/\b(pg_catalog|information_schema|pg_advisory)/i.test(sql),
  );
  for (const sql of kept) {
    await client.query(`prepare checked as ${sql}`);
    await client.query('deallocate checked');
  }
  return kept.sort();
}
