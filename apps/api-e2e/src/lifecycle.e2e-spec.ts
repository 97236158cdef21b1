import { EchoApp, EventReader, WORKSPACE } from '@echo/testing';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

describe('the application with its own database', () => {
  let folder: string;
  let dataDir: string;
  const running: EchoApp[] = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'echo-lifecycle-'));
    // PostgreSQL runs as another user than root: it must be able to enter.
    chmodSync(folder, 0o755);
    dataDir = join(folder, 'data');
  });
  afterEach(async () => {
    for (const app of running.splice(0)) await app.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const spawnApp = (env: Readonly<Record<string, string>> = {}): EchoApp => {
    const app = EchoApp.spawn({ env: { ECHO_DATA_DIR: dataDir, ...env } });
    running.push(app);
    return app;
  };
  const start = async (env: Readonly<Record<string, string>> = {}): Promise<EchoApp> => {
    const app = spawnApp(env);
    await app.ready();
    return app;
  };
  const ask = async (app: EchoApp, prompt: string): Promise<EventReader> =>
    (await EventReader.post(`${app.url}/api/chat`, { prompt })).all();
  const titles = async (app: EchoApp): Promise<string[]> => {
    const page = (await (await fetch(`${app.url}/api/conversations`)).json()) as { items: { title: string }[] };
    return page.items.map(({ title }) => title);
  };
  const postmaster = (): number => Number(readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);
  /** A process that has ended and waits for its parent to notice (state Z) does not live. */
  const lives = (pid: number): boolean => existsSync(`/proc/${pid}`) && !/^\d+ \(.*\) Z/.test(statOf(pid));
  const statOf = (pid: number): string => {
    try {
      return readFileSync(`/proc/${pid}/stat`, 'utf8');
    } catch {
      return `${pid} () Z`; // It went between the two looks.
    }
  };

  it('says one line when it is ready, and ends with its database on SIGTERM and on SIGINT', async () => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      const app = await start();
      expect(app.output).toMatch(/^EchoV2 is ready on http:\/\/127\.0\.0\.1:\d+\n$/);
      const database = postmaster();
      expect(lives(database)).toBe(true);
      expect(await app.stop(signal)).toBe(0);
      expect(lives(database)).toBe(false);
    }
  });

  it('finds its data again tomorrow', async () => {
    const first = await start();
    await ask(first, 'Remember me');
    await first.stop();
    expect(await titles(await start())).toEqual(['Remember me']);
  });

  it('lets nobody else read its data or its password', async () => {
    await start();
    expect(statSync(join(dataDir, 'postgres')).mode & 0o077).toBe(0);
    expect(statSync(join(dataDir, 'postgres-password')).mode & 0o077).toBe(0);
  });

  it('recovers when everything was killed in the middle of an answer', async () => {
    const first = await start();
    const reader = await EventReader.post(`${first.url}/api/chat`, { prompt: '/demo slow' });
    const long = await EventReader.post(`${first.url}/api/chat`, { prompt: '/demo long 2000' });
    await long.until(({ text }) => text.length > 100);
    process.kill(postmaster(), 'SIGKILL');
    await first.stop('SIGKILL');
    await Promise.all([reader.ended, long.ended]);
    const seen = long.text;
    const again = await start();
    expect((await titles(again)).sort()).toEqual(['/demo long 2000', '/demo slow']);
    const started = long.events[0]?.event as { conversation_id: number; run_id: string };
    const run = (await (await fetch(`${again.url}/api/runs/${started.run_id}`)).json()) as { status: string };
    expect(run.status).toBe('interrupted');
    const page = (await (await fetch(`${again.url}/api/conversations/${started.conversation_id}/messages`)).json()) as {
      items: { content: string }[];
    };
    expect(page.items[1]?.content.startsWith(seen)).toBe(true);
  });

  it('starts at once after a kill of the application alone', async () => {
    const first = await start();
    await ask(first, 'Still here');
    await first.stop('SIGKILL');
    expect(await titles(await start())).toEqual(['Still here']);
  });

  it('refuses a second start on the same data, says why, and disturbs nothing', async () => {
    const first = await start();
    const second = spawnApp();
    expect(await second.exit()).toBe(1);
    expect(second.output).toContain(String(first.process.pid));
    expect(second.output).toContain(dataDir);
    expect(second.output).not.toMatch(/ at .*\.js:/);
    expect((await ask(first, 'Undisturbed')).last).toMatchObject({ type: 'done' });
  });

  it('names a port that is taken, and leaves no database behind', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    other.unref();
    const { port } = other.address() as { port: number };
    const app = spawnApp({ PORT: String(port) });
    expect(await app.exit()).toBe(1);
    expect(app.output).toBe(
      `Port ${port} on 127.0.0.1 is taken by another program. Stop it, or set PORT to another number (0: any free one).\n`,
    );
    expect(existsSync(join(dataDir, 'postgres/postmaster.pid'))).toBe(false);
    other.close();
  });

  it('names every wrong setting at once and starts nothing', async () => {
    const app = spawnApp({ PORT: 'http', ECHO_HOST: '0.0.0.0', ECHO_PROVIDERS: '{' });
    expect(await app.exit()).toBe(1);
    for (const name of ['PORT', 'ECHO_HOST', 'ECHO_PROVIDERS']) expect(app.output).toMatch(new RegExp(`^ {2}- ${name} must`, 'm'));
    expect(existsSync(dataDir)).toBe(false);
  });

  it('ends in the middle of its start when it is told to', async () => {
    const app = spawnApp();
    while (!existsSync(dataDir)) await new Promise((resolve) => setImmediate(resolve));
    expect(await app.stop()).toBe(0);
    expect(existsSync(join(dataDir, 'postgres/postmaster.pid'))).toBe(false);
    await start();
  });

  it('takes a signal that comes twice for one, as npm passes Ctrl-C on, and a later one for haste', async () => {
    const patient = await start();
    const answer = await EventReader.post(`${patient.url}/api/chat`, { prompt: '/demo long 60' });
    await answer.until(({ text }) => text !== '');
    patient.process.kill('SIGINT');
    expect(await patient.stop('SIGINT')).toBe(0);
    await answer.all();
    expect(answer.last).toMatchObject({ type: 'done', finish_reason: 'stop' });

    const hasty = await start();
    const stalled = await EventReader.post(`${hasty.url}/api/chat`, { prompt: '/demo stall' });
    await stalled.until(({ text }) => text !== '');
    const asked = performance.now();
    hasty.process.kill('SIGTERM');
    while ((await fetch(`${hasty.url}/api/health/ready`)).status === 200 || performance.now() - asked < 400);
    expect(await hasty.stop('SIGTERM')).toBe(130);
  });

  it('is what npm start starts, and what a signal to npm reaches', async () => {
    const npm = spawn('npm', ['start', '--silent'], {
      cwd: WORKSPACE,
      env: { ...process.env, ECHO_TEST_POSTGRES_URL: undefined, PORT: '0', ECHO_DATA_DIR: dataDir, ECHO_DISCOVER_LOCAL: 'off' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    for await (const text of npm.stdout.setEncoding('utf8')) {
      output += text;
      if (/ is ready on /.test(output)) break;
    }
    const url = /http:\S+/.exec(output)?.[0] ?? '';
    expect((await fetch(`${url}/api/health/ready`)).status).toBe(200);
    const database = postmaster();
    npm.kill('SIGTERM');
    await once(npm, 'exit');
    await expect(fetch(url)).rejects.toThrow();
    expect(lives(database)).toBe(false);
  });
});

describe('the application with a database of the operator’s', () => {
  it('lives and is not ready while the database is away', async () => {
    const probe = createServer().listen(0, '127.0.0.1');
    await once(probe, 'listening');
    const { port } = probe.address() as { port: number };
    await new Promise((resolve) => probe.close(resolve));
    const listening = EchoApp.spawn({ env: { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none', PORT: String(port) } });
    const url = `http://127.0.0.1:${port}/api`;
    while (
      !(await fetch(`${url}/health/live`).then(
        (answer) => answer.ok,
        () => false,
      ))
    );
    const ready = await fetch(`${url}/health/ready`);
    expect([ready.status, ((await ready.json()) as { status: string }).status]).toEqual([503, 'unavailable']);
    const refused = await fetch(`${url}/chat`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"prompt":"x"}' });
    expect([refused.status, refused.headers.get('retry-after'), ((await refused.json()) as { code: string }).code]).toEqual([
      503,
      '2',
      'storage_unavailable',
    ]);
    expect((await fetch(`${url}/conversations`)).status).toBe(503);
    expect(await listening.stop()).toBe(0);
    expect(listening.output).not.toMatch(/ready on/);
  });
});
