import { askPostgres, EchoApp, EventReader, OwnPostgres, readStored } from '@echo/testing';
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const WRITERS = 8;
const INSTALLED = '/usr/lib/postgresql';

/** Programs of a whole PostgreSQL, whose pg_dump is of its server's release; the newest there is. */
const programs = (existsSync(INSTALLED) ? readdirSync(INSTALLED) : [])
  .sort((a, b) => Number(b) - Number(a))
  .map((release) => join(INSTALLED, release, 'bin'))
  .find((folder) => ['initdb', 'postgres', 'pg_dump', 'pg_restore'].every((name) => existsSync(join(folder, name))));
if (programs === undefined) process.stderr.write('There is no PostgreSQL with pg_dump here: the rehearsal of a backup is skipped.\n');

/** People who ask one thing after the other until they are told to stop. */
class Crowd {
  /** Prompts whose `start` event has arrived. */
  readonly accepted: string[] = [];
  private isOver = false;
  private readonly readers = new Set<EventReader>();
  private readonly writers: Promise<void>[];

  constructor(private readonly url: string) {
    this.writers = Array.from({ length: WRITERS }, (_, index) => this.write(index));
  }

  async until(count: number): Promise<void> {
    while (this.accepted.length < count) await new Promise((resolve) => setTimeout(resolve, 20));
  }

  async stop(): Promise<void> {
    this.isOver = true;
    for (const reader of this.readers) reader.leave();
    await Promise.all(this.writers);
  }

  private async write(index: number): Promise<void> {
    for (let count = 0; !this.isOver; count++) {
      // Some are long, so that there are always answers in the middle of being made.
      const prompt = index < 2 ? `/demo long ${1_000 + count}` : `Question ${count} of ${index}`;
      const reader = await EventReader.post(`${this.url}/api/chat`, { prompt, provider: 'guide' });
      this.readers.add(reader);
      await reader
        .until(({ events }) => events.length > 0)
        .then(
          () => this.accepted.push(prompt),
          () => undefined,
        );
      await reader.all();
      this.readers.delete(reader);
    }
  }
}

(programs === undefined ? describe.skip : describe)('a backup that is taken while people write', () => {
  const folder = mkdtempSync(join(tmpdir(), 'echo-backup-'));
  const file = join(folder, 'echo.dump');
  let source: OwnPostgres;
  let elsewhere: OwnPostgres;
  let app: EchoApp;
  let restored: EchoApp;
  /** What was accepted before the dump began. */
  let before: readonly string[];

  beforeAll(async () => {
    [source, elsewhere] = await Promise.all([OwnPostgres.start({ programs }), OwnPostgres.start({ programs })]);
    app = await EchoApp.start({ env: { DATABASE_URL: source.url } });
    const crowd = new Crowd(app.url);
    await crowd.until(3 * WRITERS);
    before = [...crowd.accepted];
    await run(join(programs ?? '', 'pg_dump'), ['--format=custom', `--file=${file}`, source.url]);
    await crowd.until(before.length + 1);
    await crowd.stop();
    await run(join(programs ?? '', 'pg_restore'), [
      '--clean',
      '--if-exists',
      '--exit-on-error',
      '--no-owner',
      `--dbname=${elsewhere.url}`,
      file,
    ]);
  }, 90_000);
  afterAll(async () => {
    for (const each of [app, restored]) await each?.stop('SIGKILL');
    for (const each of [source, elsewhere]) await each?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('holds answers that were being made, and everything that was accepted before it', async () => {
    const [{ live } = { live: 0 }] = await askPostgres<{ live: number }>(
      elsewhere.url,
      'select count(*)::int as live from run where finished_at is null',
    );
    expect(live).toBeGreaterThan(0);
    const stored = await readStored(elsewhere.url);
    expect(before.length).toBeGreaterThanOrEqual(3 * WRITERS);
    expect(before.filter((prompt) => !stored.has(prompt))).toEqual([]);
  });

  it('is served elsewhere: what was done as it was, what was being made interrupted with its text', async () => {
    const dumped = await readStored(elsewhere.url);
    restored = await EchoApp.start({ env: { DATABASE_URL: elsewhere.url } });
    for (const deadline = Date.now() + 30_000; ;) {
      const open = await askPostgres(elsewhere.url, 'select id from run where finished_at is null');
      if (open.length === 0) break;
      if (Date.now() > deadline) throw new Error(`${open.length} answers are still open`);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    const now = await readStored(elsewhere.url);
    expect(now.size).toBe(dumped.size);
    for (const [prompt, { runs }] of dumped) {
      for (const [index, was] of runs.entries()) {
        const is = now.get(prompt)?.runs[index];
        if (was.isFinished) expect(is).toMatchObject({ status: was.status, content: was.content });
        else expect(is).toMatchObject({ status: 'interrupted', content: textOf(was.events) });
      }
    }
    const after = await EventReader.post(`${restored.url}/api/chat`, { prompt: 'After', provider: 'guide' });
    await after.all();
    expect(after.last).toMatchObject({ type: 'done' });
  }, 60_000);
});

function textOf(events: readonly { readonly kind: string; readonly body: string }[]): string {
  return events.map(({ kind, body }) => (kind === 'content' ? body : '')).join('');
}
