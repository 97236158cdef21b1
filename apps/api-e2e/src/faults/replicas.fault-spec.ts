import { type EchoApp, findFreePort, findNginx, Nginx, openAiChat, PostgresLine } from '@echo/testing';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fault } from './support/fault';
import { call, until } from './support/http';
import { IS_LONG } from './support/seeds';

const nginx = findNginx();
const skip = nginx === undefined ? 'nginx is not installed' : undefined;
const FAKETIME = '/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1';

describe('replicas behind a proxy', () => {
  fault(
    'F34 R9: behind nginx with gzip an answer arrives as it is made, and silence does not cut it',
    { skip, timeout: 120_000, env: { ECHO_IDLE_TIMEOUT: '100' } },
    async (stage) => {
      const port = await findFreePort();
      const app = await stage.replica({ ECHO_PUBLIC_URL: `http://127.0.0.1:${port}` });
      const settings = `gzip on; gzip_types *; gzip_min_length 1; proxy_read_timeout ${IS_LONG ? 60 : 7}s;`;
      const proxy = await stage.use(Nginx.start(nginx ?? '', port, [app.url], settings), (each) => each.stop());
      const text = stage.scriptPieces('live', 40, 40);
      const live = await stage.ask(app, 'live', { origins: () => [proxy.url] }).ended;
      const times = live.readers[0]?.events.map(({ at }) => at) ?? [];
      expect(live.text).toBe(text);
      expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThan(1_000);
      expect(new Set(times.map((at) => Math.round(at / 20))).size).toBeGreaterThan(15);

      // Longer than nginx waits: only heartbeats come.
      stage.script(
        'silent',
        openAiChat.text(['Still ', 'here'], { then: [{ wait: IS_LONG ? 70_000 : 9_000 }, ...openAiChat.text([]).steps] }),
      );
      const silent = await stage.ask(app, 'silent', { origins: () => [proxy.url], patience: 100_000 }).ended;
      expect([silent.text, silent.readers.length, silent.last?.type]).toEqual(['Still here', 1, 'done']);
      expect(await stage.check()).toEqual([]);
    },
  );

  fault(
    'F38 R11 R12: two replicas restarted one after the other under fifty streams lose and double nothing',
    { skip, timeout: 90_000 },
    async (stage) => {
      const [port, ...ports] = [await findFreePort(), await findFreePort(), await findFreePort()];
      const start = (index: number) => stage.replica({ PORT: String(ports[index]), ECHO_PUBLIC_URL: `http://127.0.0.1:${port}` });
      const replicas = await Promise.all([start(0), start(1)] as const);
      const settings = 'proxy_next_upstream error timeout http_503 non_idempotent;';
      const origins = ports.map((port) => `http://127.0.0.1:${port}`);
      const proxy = await stage.use(Nginx.start(nginx ?? '', port, origins, settings), (each) => each.stop());
      const watch = (name: string, count: number) =>
        Array.from({ length: count }, (_, index) => {
          stage.scriptPieces(`${name}-${index}`, 60, 80);
          // Two devices, which may be at different replicas.
          const options = { origins: () => [proxy.url], key: randomUUID() };
          return [0, 1].map(() => stage.ask(replicas[0], `${name}-${index}`, options));
        }).flat();
      const bystander = watchStatuses(`${proxy.url}/api/conversations?limit=1`);
      const views: ReturnType<typeof watch> = [];
      for (const [index, app] of replicas.entries()) {
        const begun = watch(`round${index}`, 25);
        views.push(...begun);
        await Promise.all(begun.map(({ viewer }) => viewer.until(({ text }) => text !== '')));
        expect(await app.stop('SIGTERM')).toBe(0);
        await start(index);
      }
      const ended = await Promise.all(views.map((view) => view.ended));
      expect(await stage.check()).toEqual([]);
      expect(ended.map(({ last }) => last?.type)).toEqual(ended.map(() => 'done'));
      expect(Math.max(...ended.map(({ readers }) => readers.length))).toBeLessThanOrEqual(2);
      expect(ended.flatMap(({ refusals }) => refusals)).toEqual([]);
      const statuses = await bystander();
      expect([statuses.filter((status) => status !== 200), statuses.every((status) => status === 200) || proxy.errors]).toEqual([[], true]);
    },
  );

  fault(
    'F38 R4 R11: what is not done when the time to finish is over ends as interrupted, for everybody, and the exit is clean',
    { env: { ECHO_DRAIN_SECONDS: '1' } },
    async (stage) => {
      const [leaving, other] = [await stage.replica(), await stage.replica()];
      stage.scriptPieces('long', 2_000, 10);
      const { viewer, ended } = stage.ask(leaving, 'long');
      await viewer.until(({ text }) => text.includes('long-20'));
      const watching = stage.ask(other, 'long', { key: viewer.key });
      await watching.viewer.until(({ text }) => text.includes('long-20'));
      const stopped = leaving.stop('SIGTERM');
      await until(async () => (await call(`${leaving.url}/api/health/ready`)).status !== 200, 1_000, 'it says that it is not ready');
      expect(await stopped).toBe(0);
      await Promise.all([ended, watching.ended]);
      expect(viewer.last).toMatchObject({ type: 'error', code: 'interrupted', partial: true, retryable: true });
      expect(watching.viewer.last).toEqual(viewer.last);
      expect(await stage.check()).toEqual([]);
    },
  );
});

describe('replicas that do not hear of each other', () => {
  for (const deaf of ['the owner', 'the other'] as const) {
    fault(`R5: a stop reaches the provider within 1 s while ${deaf} hears no notices, and what was said is seen`, {}, async (stage) => {
      const line = await stage.use(PostgresLine.start(stage.database, stage.random), ({ proxy }) => proxy.away());
      line.dropNotices = true;
      const [owner, other] = [
        await stage.replica(deaf === 'the owner' ? { DATABASE_URL: line.url } : {}),
        await stage.replica(deaf === 'the other' ? { DATABASE_URL: line.url } : {}),
      ];
      stage.script('half', openAiChat.text(['Half ', 'an answer'], { pace: 30, then: [{ stall: true }] }));
      const { viewer, ended } = stage.ask(owner, 'half');
      await viewer.until(({ text }) => text === 'Half an answer');
      const watching = stage.ask(other, 'half', { key: viewer.key });
      await watching.viewer.until(({ text }) => text === 'Half an answer');
      const asked = performance.now();
      await call(`${other.url}/api/runs/${viewer.start?.run_id}/stop`, {}, { 'x-requested-with': 'test' });
      expect(((await stage.asked('half')[0]?.closed) ?? Infinity) - asked).toBeLessThan(1_000);
      await Promise.all([ended, watching.ended]);
      expect(performance.now() - asked).toBeLessThan(3_000);
      expect(viewer.last).toMatchObject({ type: 'done', finish_reason: 'stopped' });
      expect(watching.viewer.last).toEqual(viewer.last);
      expect(await stage.check()).toEqual([]);
    });
  }

  fault('R3 R12: a commit of which nobody knows whether it was done is repeated without doubling', { isRandom: true }, async (stage) => {
    const line = await stage.use(PostgresLine.start(stage.database, stage.random), ({ proxy }) => proxy.away());
    const app = await stage.replica({ DATABASE_URL: line.url });
    const text = stage.scriptPieces('unsure', 120, 15);
    const { viewer, ended } = stage.ask(app, 'unsure');
    await viewer.until((each) => each.text !== '');
    for (let cuts = 0; cuts < 4; cuts++) {
      const held = await line.hold(stage.random.pick(['before', 'after']), /insert into run_event[^]*stop_requested_at/);
      held.cut();
      await new Promise((resolve) => setTimeout(resolve, stage.random.integer(0, 150)));
    }
    // The last one too.
    (await line.hold(stage.random.pick(['before', 'after']), /finished_at = now\(\)/)).cut();
    expect((await ended).text).toBe(text);
    expect(viewer.last).toMatchObject({ type: 'done' });
    expect(await stage.check()).toEqual([]);
  });

  fault(
    'F35 R4: clocks that jump by an hour and stand apart kill nobody',
    { skip: existsSync(FAKETIME) ? undefined : 'libfaketime is not installed' },
    async (stage) => {
      const folder = await stage.use(mkdtempSync(join(tmpdir(), 'echo-clock-')), (each) => rmSync(each, { recursive: true, force: true }));
      const clocks = ['ahead', 'behind'].map((name) => join(folder, name));
      for (const clock of clocks) writeFileSync(clock, '+0');
      const apps: EchoApp[] = [];
      for (const clock of clocks)
        apps.push(
          await stage.replica({
            LD_PRELOAD: FAKETIME,
            FAKETIME_TIMESTAMP_FILE: clock,
            FAKETIME_NO_CACHE: '1',
            FAKETIME_DONT_FAKE_MONOTONIC: '1',
            DONT_FAKE_MONOTONIC: '1',
          }),
        );
      const texts = apps.map((_, index) => stage.scriptPieces(`clock-${index}`, 100, IS_LONG ? 300 : 90));
      const views = apps.map((app, index) => stage.ask(app, `clock-${index}`));
      await Promise.all(views.map(({ viewer }) => viewer.until(({ text }) => text !== '')));
      for (const [index, clock] of clocks.entries()) writeFileSync(clock, index === 0 ? '+3600' : '-3600');
      const ended = await Promise.all(views.map((view) => view.ended));
      expect(ended.map(({ text }) => text)).toEqual(texts);
      expect(apps.map((app) => [app.process.exitCode, /is dead/.test(app.output)])).toEqual(apps.map(() => [null, false]));
      expect(await stage.check()).toEqual([]);
    },
  );

  fault('F42 R4: an error that nobody catches, and text that the database refuses, end no other run', {}, async (stage) => {
    const folder = await stage.use(mkdtempSync(join(tmpdir(), 'echo-defect-')), (each) => rmSync(each, { recursive: true, force: true }));
    const defect = join(folder, 'defect.cjs');
    writeFileSync(defect, `process.on('SIGUSR2', () => setImmediate(() => { throw new Error('a stray error'); }));`);
    const app = await stage.replica({ NODE_OPTIONS: `--require ${defect}` });
    await stage.sql(`alter table run_event add constraint taste check (body not like '%poison%')`);
    const text = stage.scriptPieces('healthy', 80, 15);
    stage.script('sick', openAiChat.text(['good ', 'poison ', 'never'], { pace: 100 }));
    const [healthy, sick] = [stage.ask(app, 'healthy'), stage.ask(app, 'sick')];
    await healthy.viewer.until((viewer) => viewer.text !== '');
    app.process.kill('SIGUSR2');
    expect((await sick.ended).last).toMatchObject({ type: 'error', partial: true });
    expect(sick.viewer.text).toBe('good ');
    expect((await healthy.ended).text).toBe(text);
    expect([app.process.exitCode, app.output.includes('a stray error')]).toEqual([null, true]);
    expect(await stage.check()).toEqual([]);
  });
});

/** Asks again and again until it is called: the statuses. */
function watchStatuses(url: string): () => Promise<number[]> {
  const statuses: number[] = [];
  let isOver = false;
  const watching = until(
    async () => {
      statuses.push((await call(url)).status);
      return isOver;
    },
    120_000,
    'the bystander is done',
  );
  return async () => {
    isOver = true;
    await watching;
    return statuses;
  };
}
