import { EchoApp, openAiChat, Relay, ScriptedProvider, startTestPostgres, type TestPostgres } from '@echo/testing';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from './support/command';

const KEY = 'sk-the-key-that-nobody-may-see';

describe('the doctor and the migrations, as an operator runs them', () => {
  const folder = mkdtempSync(join(tmpdir(), 'echo-doctor-'));
  let postgres: TestPostgres;
  let provider: ScriptedProvider;
  let env: Record<string, string>;

  beforeAll(async () => {
    [postgres, provider] = await Promise.all([startTestPostgres(), ScriptedProvider.start()]);
    env = { DATABASE_URL: postgres.url, OPENAI_BASE_URL: provider.baseUrl, OPENAI_API_KEY: KEY, ECHO_DATA_DIR: folder };
  });
  beforeEach(() => (provider.answer = () => openAiChat.models('one')));
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await provider.stop();
    await postgres.stop();
  });

  const doctor = (more: Record<string, string> = {}) => runCommand('doctor', [], { ...env, ...more }, folder);
  const migrate = (...words: string[]) => runCommand('migrate', words, env, folder);

  it('show what would be done to an empty database, do it, and find nothing more to do', async () => {
    expect(await doctor()).toMatchObject({ code: 0, output: expect.stringMatching(/^note {3}schema: It is empty/m) as string });
    expect(await migrate('--check')).toMatchObject({ code: 1, output: expect.stringMatching(/missing: FirstLight/) as string });
    const plan = await migrate('--plan');
    expect(plan).toMatchObject({ code: 0, output: expect.stringMatching(/-- FirstLight[\s\S]*create table conversation/) as string });
    expect(await migrate()).toMatchObject({ code: 0, output: expect.stringMatching(/done: FirstLight/) as string });
    expect(await migrate('--check')).toMatchObject({ code: 0, output: expect.stringMatching(/makes 0 more/) as string });
    expect((await migrate('--dry')).output).toMatch(/--plan .*--check/);
  }, 60_000);

  it('find everything well beside a running server, through its public address', async () => {
    const relay = await Relay.start();
    const app = await EchoApp.start({ env: { ...env, ECHO_PUBLIC_URL: relay.url } });
    relay.port = Number(new URL(app.url).port);
    const { code, output } = await doctor({ ECHO_PUBLIC_URL: relay.url });
    await app.stop();
    relay.stop();
    expect(output).toMatch(/^ok {5}schema: It is up to date/m);
    expect(output).toMatch(/^ok {5}provider openai: It answers; one is asked/m);
    expect(output).toMatch(/^ok {5}streaming: Text flows/m);
    expect(output).toMatch(/Everything works\.\n$/);
    expect(output).not.toMatch(/^fault/m);
    expect(output).not.toContain(KEY);
    expect(code).toBe(0);
    expect(provider.requests.every(({ path }) => path.endsWith('/models'))).toBe(true);
  });

  it('say what to do about a key that is refused, a public address without a server and a setting that nobody knows', async () => {
    provider.answer = () => ({ status: 401, steps: [{ write: '{"error":{"message":"no"}}' }] });
    const { code, output } = await doctor({ ECHO_PUBLIC_URL: 'http://127.0.0.1:1', ECHO_DATABASE: 'x' });
    expect(code).toBe(1);
    expect(output).toMatch(/^fault {2}provider openai: /m);
    expect(output).toMatch(/^fault {2}public address: .*Is the server started/m);
    expect(output).toMatch(/^note {3}settings: The setting ECHO_DATABASE is not known/m);
    expect(output).toMatch(/2 things do not work/);
    expect(output).not.toContain(KEY);
  });

  it('say what to do about a database that is not there, and look at the providers all the same', async () => {
    const { code, output } = await doctor({ DATABASE_URL: 'postgres://echo:hunter2@127.0.0.1:1/echo' });
    expect(code).toBe(1);
    expect(output).toMatch(/^fault {2}database: DATABASE_URL leads to no PostgreSQL \(ECONNREFUSED\)/m);
    expect(output).toMatch(/^ok {5}provider openai/m);
    expect(output).not.toContain('hunter2');
  });

  it('name every wrong setting and look no further', async () => {
    const { code, output } = await doctor({ PORT: 'x', ECHO_QUEUE: '-1' });
    expect(code).toBe(1);
    expect(output.match(/^fault {2}settings/gm)).toHaveLength(2);
    expect(output).not.toMatch(/database/);
  });
});
