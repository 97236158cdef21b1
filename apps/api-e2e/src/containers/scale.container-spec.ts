import { setTimeout as delay } from 'node:timers/promises';
import { call, until } from '../faults/support/http';
import { docker } from './support/docker';
import { documentedBlocks } from './support/documented-commands';
import { heldAnswer, openStack, type StackStage } from './support/stage-of-stack';

const FILES = ['compose.yml', 'compose.scale.yml'];
const STREAMS = 50;

describe('the stack of docker/compose.scale.yml', () => {
  let of: StackStage;
  const watch = (prompt: string) => of.stage.askAt(() => [of.stack.url], prompt, { headers: of.person.headers });
  const areHealthy = async (ids: readonly string[]): Promise<boolean> =>
    (await Promise.all(ids.map((id) => of.stack.health(id)))).every((health) => health === 'healthy');
  /** Fifty answers, each of about 4 s; who has seen one to its end asks for the next, until `isOver`. */
  const crowd = async (name: string, isOver: () => boolean): Promise<ReturnType<typeof watch>['viewer'][]> => {
    const one = async (index: number): Promise<ReturnType<typeof watch>['viewer'][]> => {
      const viewers = [];
      for (let round = 0; round === 0 || !isOver(); round++) {
        const prompt = `${name}-${index}-${round}`;
        of.stage.scriptPieces(prompt, 40, 100);
        viewers.push(await watch(prompt).ended);
      }
      return viewers;
    };
    return (await Promise.all(Array.from({ length: STREAMS }, (_, index) => one(index)))).flat();
  };

  beforeAll(async () => {
    of = await openStack(FILES);
  }, 120_000);
  afterAll(() => of?.close(), 60_000);

  it('is started and renewed by the commands of the documentation', () => {
    const { script } = documentedBlocks().find(({ mark }) => mark === 'scale') ?? {};
    const files = FILES.map((file) => `-f docker/${file}`).join(' ');
    expect(script).toBe(`docker compose ${files} up --detach --wait\ndocker/rolling-restart.sh\n`);
  });

  it('runs three replicas behind one address', async () => {
    expect(await of.stack.containers('app')).toHaveLength(3);
    expect((await fetch(of.stack.url)).headers.get('content-type')).toContain('text/html');
  });

  it('lets each piece through nginx before the last one is said', async () => {
    const pieces = ['One ', 'two ', 'three ', 'four ', 'five.'];
    of.stage.script('Stream', heldAnswer(pieces));
    const { viewer, ended } = watch('Stream');
    await viewer.until(({ text }) => text === pieces[0]);
    of.stage.asked('Stream')[0]?.release();
    await viewer.until(({ text }) => text.startsWith('One two'));
    expect(viewer.text).not.toBe(pieces.join(''));
    await ended;
  });

  it('R11 R12: is replaced replica by replica under fifty streams: nothing lost, nothing doubled, one reconnect at most', async () => {
    const before = await of.stack.containers('app');
    let isOver = false;
    const viewers = crowd('rolling', () => isOver);
    const statuses: number[] = [];
    const bystander = (async () => {
      while (!isOver) statuses.push((await call(`${of.stack.url}/api/conversations?limit=1`, undefined, of.person.headers)).status);
    })();
    try {
      await of.stack.command('docker/rolling-restart.sh');
    } finally {
      isOver = true;
    }
    const after = await of.stack.containers('app');
    expect([after.length, after.filter((id) => before.includes(id))]).toEqual([3, []]);
    const ended = await viewers;
    await bystander;
    const most = Math.max(...ended.map(({ readers }) => readers.length));
    process.stderr.write(
      `${ended.length} answers, ${ended.filter(({ readers }) => readers.length > 1).length} resumed, at most ${most - 1} reconnects, ${ended.flatMap(({ refusals }) => refusals).length} asked twice\n`,
    );
    expect(ended.length).toBeGreaterThan(2 * STREAMS);
    expect(ended.filter(({ last }) => last?.type !== 'done').map(({ prompt, last }) => [prompt, last])).toEqual([]);
    expect(most).toBeLessThanOrEqual(2);
    // Who asked a replica in its last moment asked again, under the same key.
    expect(ended.flatMap(({ refusals }) => refusals).filter((status) => ![502, 503].includes(status))).toEqual([]);
    expect(statuses.filter((status) => status !== 200)).toEqual([]);
    expect(await of.stage.check()).toEqual([]);
  }, 180_000);

  it('R3 R4: closes within 10 s what a killed replica was making, keeps what was seen, and goes on with the others', async () => {
    // nginx gives each to any of three: so many that every one of them gets some. Not all in one moment:
    // whoever asks while nginx is looking up the replicas' addresses is sent where the others of that moment are.
    const names = Array.from({ length: 30 }, (_, index) => `kill-${index}`);
    const views: ReturnType<typeof watch>[] = [];
    for (const name of names) {
      of.stage.scriptPieces(name, 300, 50);
      views.push(watch(name));
      await delay(50);
    }
    await Promise.all(views.map(({ viewer }) => viewer.until(({ text }) => text !== '')));
    const [victim = ''] = await of.stack.containers('app');
    await of.stack.crash(victim);
    const killedAt = performance.now();
    const ended = await Promise.all(
      views.map(async ({ viewer, ended }) => {
        await ended;
        return { last: viewer.last, after: performance.now() - killedAt };
      }),
    );
    const interrupted = ended.filter(({ last }) => last?.type === 'error');
    expect(interrupted.map(({ last }) => last)).toEqual(
      interrupted.map(() => expect.objectContaining({ code: 'interrupted', partial: true })),
    );
    process.stderr.write(`${interrupted.length} of ${names.length} answers were the killed replica's\n`);
    expect([interrupted.length > 0, interrupted.length < names.length]).toEqual([true, true]);
    expect(Math.max(...interrupted.map(({ after }) => after))).toBeLessThan(10_000);
    expect(await of.stage.check()).toEqual([]);
    await until(async () => areHealthy(await of.stack.containers('app')), 20_000, 'three replicas are healthy again');
  }, 90_000);

  it('R10: loses nothing when the database crashes under all three', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `database-${index}`);
    const views = names.map((name) => ({ text: of.stage.scriptPieces(name, 80, 50), ...watch(name) }));
    await Promise.all(views.map(({ viewer }) => viewer.until(({ text }) => text.includes('-10'))));
    await of.stack.crash(await of.stack.container('postgres'));
    await Promise.all(views.map(({ ended }) => ended));
    expect(views.map(({ viewer }) => [viewer.text, viewer.last?.type])).toEqual(views.map(({ text }) => [text, 'done']));
    expect(await of.stage.check()).toEqual([]);
  }, 90_000);

  it('ends with exit code 0, all of it', async () => {
    const ids = await of.stack.containers('app');
    await of.stack.compose('stop');
    const codes = await Promise.all(ids.map((id) => docker('inspect', '--format', '{{.State.ExitCode}}', id)));
    expect([...new Set(codes)]).toEqual(['0']);
  });
});
