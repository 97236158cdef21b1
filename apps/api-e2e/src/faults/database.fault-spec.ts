import { findFreePort, openAiChat, OwnPostgres, type OwnPostgresOptions, PostgresLine } from '@echo/testing';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { waitingFault as fault } from './support/fault';
import { call, until } from './support/http';
import { IS_LONG } from './support/seeds';
import { type Stage } from './support/stage';

const skip = process.getuid?.() === 0 ? undefined : 'only root may mount a small disk';

/** A PostgreSQL that this test alone has, for everything that starts from now on. */
async function ownPostgres(stage: Stage, options: OwnPostgresOptions = {}): Promise<OwnPostgres> {
  const postgres = await stage.use(OwnPostgres.start(options), (each) => each.stop());
  stage.database = postgres.url;
  return postgres;
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('a database that fails', () => {
  fault(
    'F4 R3 R10 R12: killed and started again in the middle of an answer, nothing that was acknowledged is lost',
    { isRandom: true },
    async (stage) => {
      const postgres = await ownPostgres(stage);
      const app = await stage.replica();
      const text = stage.scriptPieces('killed', 150, 20);
      const { viewer, ended } = stage.ask(app, 'killed');
      const token = stage.random.integer(1, 80);
      await viewer.until((each) => each.text.includes(`killed-${token}`));
      await postgres.end('SIGKILL');
      await postgres.resume();
      await ended;
      expect([viewer.text, viewer.last?.type, viewer.readers.length]).toEqual([text, 'done', 1]);
      expect(app.process.exitCode).toBeNull();
      expect(await stage.check()).toEqual([]);
    },
  );

  const away = IS_LONG ? 60 : 6;
  fault(
    `F5 R4 R10: ${away} s away, the process lives, refuses with a time to come back, shows nothing unstored and recovers by itself`,
    { timeout: 120_000 },
    async (stage) => {
      const postgres = await ownPostgres(stage);
      const app = await stage.replica();
      const text = stage.scriptPieces('away', IS_LONG ? 8_000 : 1_500, 10);
      const { viewer, ended } = stage.ask(app, 'away', { patience: 100_000 });
      await viewer.until((each) => each.text.includes('away-20'));
      await postgres.end('SIGQUIT');
      const gone = performance.now();
      await until(async () => (await call(`${app.url}/api/health/ready`)).status === 503, 5_000, 'it says that it is not ready');
      const shown = viewer.text;
      while (performance.now() - gone < away * 1_000) {
        expect((await call(`${app.url}/api/health/live`)).status).toBe(200);
        const refused = await call(`${app.url}/api/chat`, { prompt: 'refused' });
        expect([refused.status, refused.body.code, Number(refused.retryAfter) > 0]).toEqual([503, 'storage_unavailable', true]);
        expect(viewer.text).toBe(shown);
        await pause(500);
      }
      await postgres.resume();
      const recovery = await until(async () => (await call(`${app.url}/api/health/ready`)).status === 200, 15_000, 'it is ready again');
      expect(recovery).toBeLessThan(5_000);
      await ended;
      if (IS_LONG) expect(viewer.last).toMatchObject({ type: 'error', code: 'storage_unavailable', partial: true });
      else expect([viewer.last?.type, viewer.text]).toEqual(['done', text]);
      expect(app.process.exitCode).toBeNull();
      expect(await stage.check()).toEqual([]);
    },
  );

  fault('F6 R10: away at the start, it listens, lives, is not ready, and is within 5 s of the database', {}, async (stage) => {
    const postgres = await ownPostgres(stage);
    await postgres.end('SIGINT');
    const port = await findFreePort();
    const app = stage.spawn({ PORT: String(port) });
    const url = `http://127.0.0.1:${port}/api`;
    await until(async () => (await call(`${url}/health/live`)).status === 200, 20_000, 'it lives');
    expect((await call(`${url}/health/ready`)).status).toBe(503);
    expect((await call(`${url}/chat`, { prompt: 'early' })).status).toBe(503);
    await postgres.resume();
    expect(await until(async () => (await call(`${url}/health/ready`)).status === 200, 10_000, 'it is ready')).toBeLessThan(5_000);
    await app.ready();
    stage.scriptPieces('later', 5, 5);
    expect((await stage.ask(app, 'later').ended).last?.type).toBe('done');
    expect(await stage.check()).toEqual([]);
  });

  fault('F7 R1: three replicas that start together on an empty database migrate it once', {}, async (stage) => {
    const apps = [stage.spawn(), stage.spawn(), stage.spawn()];
    await Promise.all(apps.map((app) => app.ready()));
    expect(await stage.sql('select name, count(*)::int as times from migration group by name having count(*) > 1')).toEqual([]);
    for (const [index, app] of apps.entries()) {
      stage.scriptPieces(`migrated-${index}`, 5, 5);
      expect((await stage.ask(app, `migrated-${index}`).ended).last?.type).toBe('done');
    }
    expect(await stage.check()).toEqual([]);
  });

  fault('F8 R3 R9: a database that answers after a second makes answers late, not wrong, and nothing else slow', {}, async (stage) => {
    const line = await stage.use(PostgresLine.start(stage.database, stage.random), ({ proxy }) => proxy.away());
    const app = await stage.replica({ DATABASE_URL: line.url });
    const other = await stage.replica();
    const texts = [0, 1, 2].map((index) => stage.scriptPieces(`slow-${index}`, 100, 30));
    const views = texts.map((_, index) => stage.ask(app, `slow-${index}`));
    await Promise.all(views.map(({ viewer }) => viewer.until(({ text }) => text !== '')));
    Object.assign(line.proxy.down, { latencyMs: 500, jitterMs: 100 });
    Object.assign(line.proxy.up, { latencyMs: 500, jitterMs: 100 });
    const asked = performance.now();
    expect((await call(`${app.url}/api/health/live`)).status).toBe(200);
    expect(performance.now() - asked).toBeLessThan(500);
    const ended = await Promise.all(views.map((view) => view.ended));
    expect(ended.map(({ text, last }) => [text, last?.type])).toEqual(texts.map((text) => [text, 'done']));
    expect(other.output).not.toMatch(/is dead/);
    expect(await stage.check()).toEqual([]);
  });

  fault('F9 R10: too many connections, posts are refused with a time to come back and answers go on', {}, async (stage) => {
    await ownPostgres(stage, { settings: { max_connections: '9', superuser_reserved_connections: '3' } });
    await stage.sql(`create role app login; grant all on database faults to app; grant all on schema public to app`);
    const app = await stage.replica({ DATABASE_URL: stage.database.replace('echo@', 'app@') });
    const text = stage.scriptPieces('steady', 150, 20);
    const { viewer, ended } = stage.ask(app, 'steady');
    await viewer.until((each) => each.text !== '');
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) => {
        stage.scriptPieces(`crowd-${index}`, 5, 5);
        return call(`${app.url}/api/chat`, { prompt: `crowd-${index}` });
      }),
    );
    for (const { status, body, retryAfter } of answers)
      if (status !== 200) expect([status, body.code, Number(retryAfter) > 0]).toEqual([503, 'storage_unavailable', true]);
    await ended;
    expect([viewer.text, viewer.last?.type]).toEqual([text, 'done']);
    for (const { body } of answers.filter(({ status }) => status === 200)) expect(body.finish_reason).toBe('stop');
    expect(await stage.check()).toEqual([]);
  });

  fault('F9 R4 R10: a pool that is exhausted for longer than a lease stops no answer and costs no replica its life', {}, async (stage) => {
    await ownPostgres(stage);
    const [app, other] = [await stage.replica(), await stage.replica()];
    const text = stage.scriptPieces('flowing', 500, 20);
    const { viewer, ended } = stage.ask(app, 'flowing');
    await viewer.until((each) => each.text !== '');
    const blocker = await stage.use(new Client({ connectionString: stage.database }), (client) => client.end());
    await blocker.connect();
    await blocker.query('begin; lock table conversation in access exclusive mode');
    const crowd = Array.from({ length: 30 }, (_, index) => {
      stage.scriptPieces(`waiting-${index}`, 3, 5);
      return call(`${app.url}/api/chat`, { prompt: `waiting-${index}` });
    });
    const before = viewer.text.length;
    await pause(9_000);
    expect(viewer.text.length).toBeGreaterThan(before + 1_000);
    await blocker.query('commit');
    for (const { status, body, retryAfter } of await Promise.all(crowd))
      if (status !== 200) expect([status, body.code, Number(retryAfter) > 0]).toEqual([503, 'storage_unavailable', true]);
    expect((await ended).text).toBe(text);
    expect([app.process.exitCode, /is dead/.test(other.output)]).toEqual([null, false]);
    expect(await stage.check()).toEqual([]);
  });

  fault('F10 R1 R4: tabs that change one conversation at the same moment get an answer, never a failure of ours', {}, async (stage) => {
    // One that is shared with other tests would run out of connections.
    await ownPostgres(stage);
    const apps = [await stage.replica(), await stage.replica()];
    stage.scriptPieces('first', 5, 5);
    const { viewer, ended } = stage.ask(apps[0] as (typeof apps)[0], 'first');
    await ended;
    const conversation_id = viewer.start?.conversation_id;
    const patch = (url: string, body: object) =>
      fetch(`${url}/api/conversations/${conversation_id}`, {
        method: 'PATCH',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const statuses = await Promise.all(
      Array.from({ length: 40 }, async (_, index) => {
        const { url } = apps[index % 2] as (typeof apps)[0];
        stage.scriptPieces(`more-${index}`, 3, 5);
        switch (index % 4) {
          case 0:
            return (await patch(url, { title: `Title ${index}` })).status;
          case 1:
            return (await patch(url, { pinned: index % 8 === 1 })).status;
          case 2:
            return (await call(`${url}/api/chat`, { prompt: `more-${index}`, conversation_id })).status;
          default:
            return (await call(`${url}/api/conversations/${conversation_id}/messages`)).status;
        }
      }),
    );
    expect(statuses.filter((status) => status !== 200 && status !== 409)).toEqual([]);
    expect(await stage.check()).toEqual([]);
  });

  fault(
    'F36 R4 R10: a full disk refuses, shows nothing unstored, and is over when there is room',
    { skip, timeout: 120_000 },
    async (stage) => {
      const disk = mkdtempSync(join(tmpdir(), 'echo-disk-'));
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=120m,mode=755', 'tmpfs', disk]);
      await stage.use(disk, () => {
        execFileSync('umount', ['-l', disk]);
        rmSync(disk, { recursive: true, force: true });
      });
      const dataFolder = join(disk, 'postgres');
      mkdirSync(dataFolder);
      await ownPostgres(stage, { dataFolder });
      const app = await stage.replica();
      const noise = (chars: number) => Array.from({ length: chars }, () => stage.random.integer(0, 35).toString(36)).join('');
      const pieces = Array.from({ length: 400 }, (_, index) => `${index} ${noise(1_000)} `);
      stage.script('full', openAiChat.text(pieces, { pace: IS_LONG ? 150 : 20 }));
      const { viewer, ended } = stage.ask(app, 'full', { patience: 100_000 });
      await viewer.until((each) => each.text.length > 1_000);
      const filler = join(disk, 'filler');
      fill(disk, filler);
      await until(
        async () => {
          const shown = viewer.text;
          await pause(1_500);
          return viewer.text === shown;
        },
        30_000,
        'nothing more can be stored',
      );
      expect((await call(`${app.url}/api/health/live`)).status).toBe(200);
      const refused = await call(`${app.url}/api/chat`, { prompt: noise(150_000) });
      expect([refused.status, refused.body.code, Number(refused.retryAfter) > 0]).toEqual([503, 'storage_unavailable', true]);
      if (IS_LONG) await pause(35_000);
      rmSync(filler);
      await ended;
      if (IS_LONG) expect(viewer.last).toMatchObject({ type: 'error', code: 'storage_unavailable' });
      else expect([viewer.text, viewer.last?.type]).toEqual([pieces.join(''), 'done']);
      expect(app.process.exitCode).toBeNull();
      expect(await stage.check()).toEqual([]);
    },
  );
});

/** Writes all that fits. PostgreSQL may take some of the room meanwhile: then the file ends where there is none. */
function fill(disk: string, file: string): void {
  const { bavail, bsize } = statfsSync(disk);
  try {
    writeFileSync(file, Buffer.alloc(bavail * bsize));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  }
}
