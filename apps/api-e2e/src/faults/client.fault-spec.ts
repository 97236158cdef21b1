import { type EchoApp, FaultProxy, findFreePort, openAiChat } from '@echo/testing';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { fault } from './support/fault';
import { call, until } from './support/http';
import { IS_LONG } from './support/seeds';
import { type Stage } from './support/stage';

/** Open files and sockets of a process. */
const handlesOf = (pid: number | undefined): number => readdirSync(`/proc/${pid}/fd`).length;
/** Resident memory of a process in MiB. */
const residentOf = (pid: number | undefined): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;

const FLOOD = { ECHO_MAX_OUTPUT_CHARS: '50000000' };
const END = [{ write: openAiChat.event({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }) }, { write: openAiChat.done }];

describe('a client that fails', () => {
  fault('F25 R5: tabs that are closed end no run and leave nothing behind', {}, async (stage) => {
    const app = await stage.replica();
    const round = async (name: string, count: number) => {
      const views = Array.from({ length: count }, (_, index) => {
        stage.scriptPieces(`${name}-${index}`, 20, 5);
        return stage.ask(app, `${name}-${index}`);
      });
      for (const { viewer } of views) void viewer.until(({ text }) => text !== '').then(() => viewer.leave());
      await Promise.all(views.map(({ ended }) => ended));
      const isIdle = async () => (await stage.check()).length === 0;
      await until(isIdle, 20_000, 'all answers are whole');
      return views;
    };
    await round('warm', 20);
    await until(() => stage.provider.openConnections <= 20, 5_000, 'connections to the provider are idle');
    const before = handlesOf(app.process.pid);
    for (let index = 0; index < (IS_LONG ? 20 : 3); index++) await round(`leave${index}`, 50);
    await until(() => handlesOf(app.process.pid) <= before + 35, 10_000, 'its sockets are closed');
    expect(await stage.check()).toEqual([]);
  });

  fault('F26 R8: a reader that never reads is dropped, its run goes on in little memory', { env: FLOOD }, async (stage) => {
    const app = await stage.replica();
    const pieces = stage.random.pieces(1_000, 'x'.repeat(8_000));
    stage.script('flood', openAiChat.text(pieces, { pace: 2 }));
    const before = residentOf(app.process.pid);
    const { host, port } = new URL(app.url);
    const reader = connect(Number(port), '127.0.0.1').pause();
    await once(reader, 'connect');
    const body = JSON.stringify({ prompt: 'flood', stream: true });
    reader.write(
      `POST /api/chat HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
    let peak = 0;
    await until(
      async () =>
        (peak = Math.max(peak, residentOf(app.process.pid))) > 0 &&
        (await stage.sql('select 1 from run where finished_at is not null')).length === 1,
      40_000,
      'the answer is whole',
    );
    let received = 0;
    reader.on('data', (bytes: Buffer) => (received += bytes.length)).on('error', () => undefined);
    await once(reader.resume(), 'close');
    expect(received).toBeLessThan(4 * 1024 * 1024);
    expect(await (await fetch(`${app.url}/api/metrics`)).text()).toMatch(/^echo_dropped_readers_total 1$/m);
    expect(await stage.sql('select length(content) from message where role = $$assistant$$ and status = $$completed$$')).toEqual([
      { length: [...pieces.join('')].length },
    ]);
    expect(peak - before).toBeLessThan(200);
  });

  fault('F27 R8: readers that are slow slow nobody else down', {}, async (stage) => {
    const { app, line } = await replicaBehindLine(stage);
    line.down.bytesPerSecond = 1_000;
    const slowest = async (prompt: string) => {
      stage.scriptPieces(prompt, 100, 20);
      const { events } = (await stage.ask(app, prompt).ended).readers[0] ?? { events: [] };
      const gaps = events.slice(1).map(({ at }, index) => at - (events[index]?.at ?? at));
      return gaps.sort((a, b) => a - b)[Math.floor(gaps.length * 0.95)] ?? 0;
    };
    const alone = await slowest('alone');
    const slow = Array.from({ length: IS_LONG ? 100 : 25 }, (_, index) => {
      stage.script(`slow-${index}`, openAiChat.text(stage.random.pieces(300, 'x'.repeat(100)), { pace: 10 }));
      return stage.ask(app, `slow-${index}`, { origins: () => [urlOf(line)] });
    });
    await Promise.all(slow.map(({ viewer }) => viewer.until(({ events }) => events.length > 2)));
    const beside = await slowest('beside');
    // Not with what is said to all: the more answers share a commit the longer it gathers, 40 ms at most.
    expect(beside).toBeLessThan(alone + 40 + 150);
    for (const { viewer } of slow) viewer.leave();
    await until(async () => (await stage.check()).length === 0, 20_000, 'all answers are whole');
  });

  fault('F28 R2 R6: twenty equal posts over a bad line make one run, and all read the same answer', { isRandom: true }, async (stage) => {
    const lines = [(await replicaBehindLine(stage)).line, (await replicaBehindLine(stage)).line];
    const text = stage.scriptPieces('twenty', 30, 10);
    const views = Array.from({ length: 20 }, () =>
      stage.viewer('twenty', {
        key: 'one-key-for-all',
        origins: () => (stage.random.next() < 0.5 ? lines.map(urlOf) : lines.map(urlOf).reverse()),
      }),
    );
    const watched = Promise.all(views.map((viewer) => viewer.watch()));
    for (let flaps = 0; flaps < 5; flaps++) {
      await new Promise((resolve) => setTimeout(resolve, stage.random.integer(5, 60)));
      stage.random.pick(lines).reset();
    }
    await watched;
    expect(await stage.check()).toEqual([]);
    for (const viewer of views) expect([viewer.text, viewer.start?.run_id]).toEqual([text, views[0]?.start?.run_id]);
  });

  fault('F29 R2: the same key with another body is refused, with another stream it is the same run', {}, async (stage) => {
    const app = await stage.replica();
    const text = stage.scriptPieces('keyed', 5, 5);
    const { viewer, ended } = stage.ask(app, 'keyed');
    await ended;
    const again = (body: object) => call(`${app.url}/api/chat`, body, { 'idempotency-key': viewer.key });
    expect(await again({ prompt: 'other', stream: true })).toMatchObject({ status: 422, body: { code: 'idempotency_mismatch' } });
    expect(await again({ prompt: 'keyed' })).toMatchObject({ status: 200, body: { response: text, run_id: viewer.start?.run_id } });
    expect(await stage.check()).toEqual([]);
  });

  fault('F30 R5 R12: ten flaps of the network lose and double nothing', { isRandom: true }, async (stage) => {
    const lines = [(await replicaBehindLine(stage)).line, (await replicaBehindLine(stage)).line];
    const prompts = ['flap-a', 'flap-b', 'flap-c'];
    const texts = prompts.map((prompt) => stage.scriptPieces(prompt, 150, 15));
    const views = prompts.map((prompt) => stage.viewer(prompt, { origins: () => lines.map(urlOf) }));
    const watched = Promise.all(views.map((viewer) => viewer.watch()));
    for (let flaps = 0; flaps < 10; flaps++) {
      await new Promise((resolve) => setTimeout(resolve, stage.random.integer(50, 250)));
      const line = stage.random.pick(lines);
      line.down.sliceBytes = stage.random.pick([1, 7, Infinity]);
      line.down.latencyMs = stage.random.integer(0, 50);
      if (flaps === 5) await flap(line);
      else if (stage.random.next() < 0.5) line.reset();
      else line.cut();
    }
    await watched;
    expect(views.map(({ text }) => text)).toEqual(texts);
    expect(await stage.check()).toEqual([]);
  });

  fault('F31 R5 R12: two devices at two replicas converge, and a stop at one ends both', {}, async (stage) => {
    const [here, there] = [await stage.replica(), await stage.replica()];
    stage.scriptPieces('shared', 1_000, 10);
    const one = stage.ask(here, 'shared');
    await one.viewer.until(({ start }) => start !== undefined);
    const other = stage.ask(there, 'shared', { key: one.viewer.key });
    await other.viewer.until(({ text }) => text.includes('shared-20'));
    await call(`${there.url}/api/runs/${one.viewer.start?.run_id}/stop`, {}, { 'x-requested-with': 'test' });
    await Promise.all([one.ended, other.ended]);
    expect(one.viewer.last).toMatchObject({ type: 'done', finish_reason: 'stopped' });
    expect([other.viewer.text, other.viewer.last]).toEqual([one.viewer.text, one.viewer.last]);
    expect(await stage.check()).toEqual([]);
  });

  fault('F31 R3 R12: two devices at a replica that does not make the run see its text once', {}, async (stage) => {
    const [owner, other] = [await stage.replica(), await stage.replica()];
    const text = stage.scriptPieces('watched', 100, 20);
    const { viewer, ended } = stage.ask(owner, 'watched');
    await viewer.until(({ start }) => start !== undefined);
    const options = { key: viewer.key, origins: () => [other.url] };
    const devices = [stage.ask(other, 'watched', options), stage.ask(other, 'watched', options)];
    const views = await Promise.all([ended, ...devices.map((device) => device.ended)]);
    expect(await stage.check()).toEqual([]);
    expect(views.map((view) => view.text)).toEqual([text, text, text]);
  });

  fault('F32 R3 R12: a reload in the middle shows the text from its start and goes on', {}, async (stage) => {
    const app = await stage.replica();
    const text = stage.scriptPieces('reloaded', 80, 10);
    const { viewer } = stage.ask(app, 'reloaded');
    await viewer.until((each) => each.text.includes('reloaded-20'));
    viewer.leave();
    const { body } = await call(`${app.url}/api/conversations/${viewer.start?.conversation_id}`);
    expect(body.live_run_id).toBe(viewer.start?.run_id);
    const reloaded = stage.ask(app, 'reloaded', { key: viewer.key });
    await reloaded.viewer.until((each) => each.text.startsWith(viewer.text));
    expect((await reloaded.ended).text).toBe(text);
    expect(await stage.check()).toEqual([]);
  });

  fault('F33 R12: forged cursors are refused or show nothing, and never what is another’s', {}, async (stage) => {
    const app = await stage.replica();
    stage.scriptPieces('mine', 5, 0);
    const { viewer } = stage.ask(app, 'mine');
    await viewer.until(({ last }) => last?.type === 'done');
    const statusOf = async (run: string, after: string) =>
      (await call(`${app.url}/api/runs/${run}/events`, undefined, { 'last-event-id': after })).status;
    const run = viewer.start?.run_id ?? '';
    for (const after of ['-1', 'NaN', '1e3', '0x10', '1.5', '9'.repeat(40), "1'; drop table run; --"])
      expect([after, await statusOf(run, after)]).toEqual([after, 400]);
    for (const after of [String(viewer.seq), '2147483647']) expect([after, await statusOf(run, after)]).toEqual([after, 204]);
    for (const other of ['00000000-0000-7000-8000-000000000000', run.replace(/.$/, (last) => (last === '0' ? '1' : '0'))])
      expect(await statusOf(other, '0')).toBe(404);
    expect(await stage.check()).toEqual([]);
  });

  fault(
    'F41 R8 R9: more than it can answer is refused before it collapses',
    { env: { ECHO_MAX_LIVE_RUNS: '20', ECHO_QUEUE: '20' } },
    async (stage) => {
      const app = await stage.replica();
      const count = IS_LONG ? 500 : 120;
      const padding = 'p'.repeat(199_000);
      const prompts = Array.from({ length: count }, (_, index) => `${index}-${padding}`);
      for (const prompt of prompts)
        stage.script(
          prompt,
          openAiChat.text(['ok'], {
            then: [{ wait: 1_500 }, ...END],
          }),
        );
      const before = residentOf(app.process.pid);
      let slowest = 0;
      let isOver = false;
      const probing = until(
        async () => {
          const asked = performance.now();
          expect((await call(`${app.url}/api/health/live`)).status).toBe(200);
          slowest = Math.max(slowest, performance.now() - asked);
          return isOver;
        },
        60_000,
        'the flood is over',
      );
      const answers = await Promise.all(prompts.map((prompt) => call(`${app.url}/api/chat`, { prompt })));
      isOver = true;
      await probing;
      const accepted = answers.filter(({ status }) => status === 200);
      const refused = answers.filter(({ status }) => status === 503);
      expect(accepted.length + refused.length).toBe(count);
      expect(accepted.length).toBeGreaterThanOrEqual(40);
      expect(refused.length).toBeGreaterThan(0);
      for (const { body, retryAfter } of refused) expect([body.code, Number(retryAfter) > 0]).toEqual(['overloaded', true]);
      // How fast it is on a quiet machine, the benchmark tells.
      expect(slowest).toBeLessThan(10_000);
      expect(residentOf(app.process.pid) - before).toBeLessThan(600);
      expect(app.process.exitCode).toBeNull();
    },
  );
});

/** A replica, and the bad line to it by which people reach it. */
async function replicaBehindLine(stage: Stage): Promise<{ app: EchoApp; line: FaultProxy }> {
  const port = await findFreePort();
  const line = await stage.use(FaultProxy.start({ port, random: stage.random }), (each) => each.away());
  return { app: await stage.replica({ PORT: String(port), ECHO_PUBLIC_URL: urlOf(line) }), line };
}

/** The line is silent for a moment, as a network that swallows packets, and then gone. */
async function flap(line: FaultProxy): Promise<void> {
  line.down.after = { bytes: 0, fate: 'silence' };
  await new Promise((resolve) => setTimeout(resolve, 200));
  line.away();
  line.heal();
  await new Promise((resolve) => setTimeout(resolve, 200));
  await line.resume();
}

function urlOf(line: FaultProxy): string {
  return line.through('http://127.0.0.1');
}
