import { openAiChat, PostgresLine } from '@echo/testing';
import { waitingFault as fault } from './support/fault';
import { call } from './support/http';
import { IS_LONG } from './support/seeds';

/** The statements that accept a run, and that end one. */
const ACCEPT = /insert into run \(/;
const FINISH = /finished_at = now\(\)/;

/** The run of a viewer, as `origin` tells it. */
const runAt = async (origin: string, runId: string | undefined) => (await call(`${origin}/api/runs/${runId}`)).body;

describe('a process that dies', () => {
  for (const rescuer of ['another replica', 'the next process'] as const) {
    fault(
      `F1 R1 R3 R4: kill -9 in the middle of answers keeps a prefix of each, and ${rescuer} ends them`,
      { isRandom: true },
      async (stage) => {
        const doomed = await stage.replica();
        if (rescuer === 'another replica') await stage.replica();
        const prompts = Array.from({ length: 4 }, (_, index) => `prompt-${index}`);
        for (const prompt of prompts) stage.scriptPieces(prompt, 200, 15);
        const views = prompts.map((prompt) => stage.ask(doomed, prompt));
        await Promise.all(views.map(({ viewer }) => viewer.until(({ start }) => start !== undefined)));
        const token = stage.random.integer(0, 60);
        await views[0]?.viewer.until(({ text }) => text.includes(`prompt-0-${token}`));
        await doomed.stop('SIGKILL');
        if (rescuer === 'the next process') await stage.replica();
        // From when there is somebody who can.
        const killed = performance.now();
        const ended = await Promise.all(views.map((view) => view.ended));
        expect(performance.now() - killed).toBeLessThan(rescuer === 'the next process' ? 3_000 : 10_000);
        for (const { last, text } of ended) expect(last).toMatchObject({ type: 'error', code: 'interrupted', partial: text !== '' });
        expect(await stage.check()).toEqual([]);
      },
    );
  }

  fault('F2 R1 R2: killed between the commit and the first byte, the same key finds the same run', {}, async (stage) => {
    const line = await stage.use(PostgresLine.start(stage.database, stage.random), ({ proxy }) => proxy.away());
    const doomed = await stage.replica({ DATABASE_URL: line.url });
    stage.scriptPieces('once', 10, 5);
    const held = line.hold('after', ACCEPT);
    const { viewer, ended } = stage.ask(doomed, 'once');
    const { cut } = await held;
    await doomed.stop('SIGKILL');
    cut();
    expect(viewer.events).toEqual([]);
    const again = await stage.replica();
    await ended;
    expect(viewer.last).toMatchObject({ type: 'error', code: 'interrupted', partial: false });
    expect(viewer.start?.run_id).toBe((await runAt(again.url, viewer.start?.run_id)).id);
    expect(await stage.check({ maxCalls: 1 })).toEqual([]);
  });

  fault('F2 R1 R2: killed before the commit, nothing was accepted and the same key is answered once', {}, async (stage) => {
    const line = await stage.use(PostgresLine.start(stage.database, stage.random), ({ proxy }) => proxy.away());
    const doomed = await stage.replica({ DATABASE_URL: line.url });
    stage.scriptPieces('once', 10, 5);
    const held = line.hold('before', ACCEPT);
    const { ended } = stage.ask(doomed, 'once');
    const { cut } = await held;
    await doomed.stop('SIGKILL');
    cut();
    await stage.replica();
    expect((await ended).last).toMatchObject({ type: 'done', finish_reason: 'stop' });
    expect(await stage.check()).toEqual([]);
  });

  for (const moment of ['before', 'after'] as const) {
    fault(`F3 R3 R4: killed ${moment} the last commit, an answer that was whole ends once with all that was seen`, {}, async (stage) => {
      const line = await stage.use(PostgresLine.start(stage.database, stage.random), ({ proxy }) => proxy.away());
      const doomed = await stage.replica({ DATABASE_URL: line.url });
      const text = stage.scriptPieces('whole', 20, 5);
      const held = line.hold(moment, FINISH);
      const { viewer, ended } = stage.ask(doomed, 'whole');
      const { cut } = await held;
      await doomed.stop('SIGKILL');
      cut();
      await stage.replica();
      await ended;
      if (moment === 'after') expect([viewer.text, viewer.last?.type]).toEqual([text, 'done']);
      else expect(viewer.last).toMatchObject({ type: 'error', code: 'interrupted' });
      expect(await stage.check()).toEqual([]);
    });
  }

  fault('F39 R4: who watches at another replica is told within 10 s that the owner of the run has died', {}, async (stage) => {
    const [owner, other] = [await stage.replica(), await stage.replica()];
    stage.script('half', openAiChat.text(['Half ', 'an answer'], { pace: 20, then: [{ stall: true }] }));
    const { viewer } = stage.ask(owner, 'half');
    await viewer.until(({ text }) => text === 'Half an answer');
    const watching = stage.ask(other, 'half', { key: viewer.key });
    await watching.viewer.until(({ text }) => text === 'Half an answer');
    viewer.leave();
    await owner.stop('SIGKILL');
    const killed = performance.now();
    await watching.ended;
    expect(performance.now() - killed).toBeLessThan(10_000);
    expect(watching.viewer.last).toMatchObject({ type: 'error', code: 'interrupted', partial: true });
    expect(await stage.check()).toEqual([]);
  });

  fault('F40 R3 R4: an owner that was paused until another closed its runs writes nothing more and exits', {}, async (stage) => {
    const [zombie, other] = [await stage.replica(), await stage.replica()];
    stage.scriptPieces('endless', 2_000, 10);
    const { viewer, ended } = stage.ask(zombie, 'endless');
    await viewer.until(({ text }) => text.includes('endless-30'));
    zombie.process.kill('SIGSTOP');
    const watching = stage.ask(other, 'endless', { key: viewer.key });
    expect((await watching.ended).last).toMatchObject({ type: 'error', code: 'interrupted', partial: true });
    const before = await stage.dump();
    zombie.process.kill('SIGCONT');
    expect(await zombie.exit()).toBe(1);
    expect(zombie.output).toContain('Another replica took over');
    await ended;
    expect(await stage.dump()).toEqual(before);
    expect(await stage.check()).toEqual([]);
  });

  fault('F40 R4 R5: replicas that merely slept, all of them, go on where they were', { timeout: 120_000 }, async (stage) => {
    // Longer asleep than a provider may be silent, too: it was not the provider that slept.
    const env = { ECHO_IDLE_TIMEOUT: '10' };
    const replicas = [await stage.replica(env), await stage.replica(env)];
    stage.scriptPieces('dream', 60, 10);
    const [first] = replicas;
    if (!first) throw new Error('There is no replica.');
    const { viewer, ended } = stage.ask(first, 'dream', { patience: 100_000 });
    await viewer.until(({ text }) => text.includes('dream-5'));
    for (const { process } of replicas) process.kill('SIGSTOP');
    // Longer than a lease and the watch for its end.
    await new Promise((resolve) => setTimeout(resolve, IS_LONG ? 60_000 : 12_000));
    for (const { process } of replicas) process.kill('SIGCONT');
    await ended;
    expect(viewer.last).toMatchObject({ type: 'done', finish_reason: 'stop' });
    expect(replicas.map(({ process }) => process.exitCode)).toEqual([null, null]);
    expect(await stage.check()).toEqual([]);
  });
});
