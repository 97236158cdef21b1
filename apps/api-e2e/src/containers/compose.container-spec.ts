import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { call, until } from '../faults/support/http';
import { attempt, docker, inspect } from './support/docker';
import { FirstPerson } from './support/first-person';
import { heldAnswer, openStack, type StackStage } from './support/stage-of-stack';

const NODE = '/nodejs/bin/node';
const HEALTHY_MS = 15_000;
const IDLE_MB = 160;

interface ContainerState {
  readonly Config: { readonly Env: readonly string[] };
  readonly HostConfig: { readonly ReadonlyRootfs: boolean; readonly CapDrop: readonly string[]; readonly SecurityOpt: readonly string[] };
  readonly NetworkSettings: { readonly Ports: Readonly<Record<string, unknown>> };
  readonly RestartCount: number;
}

describe('the stack of docker/compose.yml', () => {
  let of: StackStage;
  const app = (): Promise<string> => of.stack.container('app');
  const inApp = async (script: string): Promise<string> => docker('exec', await app(), NODE, '-p', script);
  const watch = (prompt: string) => of.stage.askAt(() => [of.stack.url], prompt, { headers: of.person.headers });
  const isReady = async (): Promise<boolean> => (await call(`${of.stack.url}/api/health/ready`)).status === 200;

  beforeAll(async () => {
    of = await openStack(['compose.yml']);
  }, 120_000);
  afterAll(() => of?.close(), 60_000);

  it('is healthy within 15 s of its images, and holds little memory', () => {
    process.stderr.write(`healthy after ${(of.startMs / 1000).toFixed(1)} s, ${of.idleMegabytes.toFixed(0)} MiB\n`);
    expect(of.startMs).toBeLessThan(HEALTHY_MS);
    expect(of.idleMegabytes).toBeLessThan(IDLE_MB);
  });

  it('lets only those in who have an account: the first by the link in the log, which works once', async () => {
    expect((await call(`${of.stack.url}/api/conversations`)).status).toBe(401);
    expect(await of.person.get('/api/conversations')).toMatchObject({ items: [] });
    await expect(FirstPerson.enter(of.stack)).rejects.toThrow('Nobody can enter');
  });

  it('reaches a model server on the machine that it runs on, and lets each piece through before the last one is said', async () => {
    const pieces = ['One ', 'two ', 'three ', 'four ', 'five.'];
    of.stage.script('Stream', heldAnswer(pieces));
    const { viewer, ended } = watch('Stream');
    await viewer.until(({ text }) => text === pieces[0]);
    of.stage.asked('Stream')[0]?.release();
    await viewer.until(({ text }) => text.startsWith('One two'));
    expect(viewer.text).not.toBe(pieces.join(''));
    await ended;
    expect(await of.stage.check()).toEqual([]);
  });

  it.each(['app', 'postgres'] as const)('gives %s no right that it does not need', async (service) => {
    const { HostConfig } = await inspect<ContainerState>(await of.stack.container(service));
    expect(HostConfig).toMatchObject({ ReadonlyRootfs: true, CapDrop: ['ALL'], SecurityOpt: ['no-new-privileges:true'] });
  });

  it('runs the application as nobody in particular, who can write nowhere', async () => {
    const status = await inApp("require('node:fs').readFileSync('/proc/1/status', 'utf8')");
    for (const line of [/^Uid:\t65532\t/m, /^Gid:\t65532\t/m, /^CapEff:\t0+$/m, /^NoNewPrivs:\t1$/m, /^Seccomp:\t2$/m])
      expect(status).toMatch(line);
    const write = (path: string) => `try { require('node:fs').writeFileSync('${path}', ''); 'written' } catch (error) { error.code }`;
    for (const path of ['/app/x', '/x', '/run/secrets/app/x']) expect(await inApp(write(path))).toBe('EROFS');
  });

  it('keeps the database where only the application reaches it', async () => {
    const { NetworkSettings } = await inspect<ContainerState>(await of.stack.container('postgres'));
    expect(Object.values(NetworkSettings.Ports).filter((port) => port !== null)).toEqual([]);
    expect(await docker('network', 'inspect', '--format', '{{.Internal}}', `${of.stack.project}_inside`)).toBe('true');
    const outside = `new Promise((resolve) => require('node:net').connect(5432, '${new URL(of.stage.database).hostname}').setTimeout(1500)
      .on('connect', () => resolve('in')).on('timeout', () => resolve('out')).on('error', () => resolve('out'))).then((text) => { console.log(text); process.exit(); })`;
    const image = await docker('inspect', '--format', '{{.Config.Image}}', await app());
    expect(await docker('run', '--rm', '--network', `${of.stack.project}_outside`, '--entrypoint', NODE, image, '-e', outside)).toBe('out');
  });

  it('keeps its secrets in files that only their owner reaches, and never makes them anew', async () => {
    const folder = join(of.stack.folder, 'docker/secrets');
    const names = ['database/password', 'app/database_url', 'app/master_key', 'app/metrics_token'];
    const read = (): string[] => names.map((name) => readFileSync(join(folder, name), 'utf8').trim());
    const secrets = read();
    expect(secrets.map((secret) => secret.length >= 64)).toEqual(names.map(() => true));
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    for (const service of ['app', 'postgres'] as const) {
      const { Config } = await inspect<ContainerState>(await of.stack.container(service));
      expect(Config.Env.filter((line) => secrets.some((secret) => line.includes(secret)))).toEqual([]);
    }
    expect(await inApp("require('node:fs').existsSync('/run/secrets/database')")).toBe('false');
    const database = await docker('exec', await of.stack.container('postgres'), 'ls', '/run/secrets');
    expect(database.split('\n')).toEqual(['database']);
    await of.stack.command('docker/secrets.sh');
    expect(read()).toEqual(secrets);
  });

  it('tells its metrics to whoever holds the token', async () => {
    const token = of.stack.secret('app/metrics_token');
    const ask = async (headers: Record<string, string>): Promise<number> =>
      (await fetch(`${of.stack.url}/api/metrics`, { headers })).status;
    expect([await ask({}), await ask({ authorization: `Bearer ${token}` })]).toEqual([404, 200]);
  });

  it('R3 R4: comes back by itself when the application crashes, and the answer that it was making ends with what was seen', async () => {
    of.stage.scriptPieces('crash', 2_000, 20);
    const { viewer, ended } = watch('crash');
    await viewer.until(({ text }) => text.includes('crash-20'));
    await of.stack.crash(await app());
    await ended;
    expect(viewer.last).toMatchObject({ type: 'error', code: 'interrupted', partial: true });
    expect(await of.stage.check()).toEqual([]);
    expect((await inspect<ContainerState>(await app())).RestartCount).toBe(1);
  });

  it('R10: loses nothing when the database crashes in the middle of an answer', async () => {
    const text = of.stage.scriptPieces('database', 100, 50);
    const { viewer, ended } = watch('database');
    await viewer.until((each) => each.text.includes('database-10'));
    await of.stack.crash(await of.stack.container('postgres'));
    await ended;
    expect([viewer.text, viewer.last?.type]).toEqual([text, 'done']);
    await until(isReady, 20_000, 'it takes requests again');
    expect(await of.stage.check()).toEqual([]);
  });

  it('ends with exit code 0 and keeps what it has when it is taken down', async () => {
    const [container, database] = [await app(), await of.stack.container('postgres')];
    await of.stack.compose('stop');
    const codes = await Promise.all([container, database].map((id) => docker('inspect', '--format', '{{.State.ExitCode}}', id)));
    expect(codes).toEqual(['0', '0']);
    await of.stack.up();
    const { items } = await of.person.get<{ items: unknown[] }>('/api/conversations');
    expect(items.length).toBe(3);
    expect((await attempt('docker', ['inspect', container])).code).toBe(0);
  }, 90_000);
});
