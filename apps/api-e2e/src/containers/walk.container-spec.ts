import { EventReader } from '@echo/testing';
import { call, until } from '../faults/support/http';
import { startOf } from '../support/test-api';
import { attempt, docker } from './support/docker';
import { documentedBlocks, documentedCommands } from './support/documented-commands';
import { FirstPerson } from './support/first-person';
import { Stack } from './support/stack';

/** Built by the walk itself, from the sources. */
const IMAGE = 'echov2:walk';
/** Blocks that other tests try, or that want what is not here. */
const NOT_WALKED = ['scale', 'elsewhere'];

interface Conversations {
  readonly items: readonly { readonly id: number; readonly title: string }[];
}
interface Messages {
  readonly items: readonly { readonly role: string; readonly content: string; readonly status: string }[];
}

describe('an operator who has the documentation and nothing else', () => {
  let here: Stack;
  let elsewhere: Stack | undefined;
  let person: FirstPerson;
  let installed: string;
  const walked = new Set<string>();
  /** Gives the commands of a block in the folder of the project. Returns what they print. */
  const walk = (mark: string, at = here): Promise<string> => {
    walked.add(mark);
    return at.command('bash', '-c', documentedCommands(`walk:${mark}`, at.port));
  };

  beforeAll(async () => {
    here = await Stack.prepareWhole(['compose.yml'], { APP_IMAGE: IMAGE });
    installed = await walk('install');
  }, 240_000);
  afterAll(async () => {
    await here?.down();
    await elsewhere?.down();
    await attempt('docker', ['image', 'rm', IMAGE]);
  }, 60_000);

  it('finds the link that makes the first administrator in what the commands print', async () => {
    person = await FirstPerson.enter(here, installed);
    expect(await person.get('/api/conversations')).toMatchObject({ items: [] });
  });

  it('hears from the doctor that everything works, and what to do where something does not', async () => {
    const all = await walk('doctor');
    expect(all).toMatch(/^ok +database/m);
    expect(all).toMatch(/Everything works\.$/);
    const exec = ['compose', '-f', 'docker/compose.yml', 'exec', '--env', 'OPENAI_BASE_URL=http://127.0.0.1:9/v1', 'app', 'doctor'];
    const { code, stdout } = await attempt('docker', exec, { cwd: here.folder, env: here.env });
    expect(stdout).toMatch(/^fault .*OpenAI/m);
    expect([code, stdout.trim().split('\n').at(-1)]).toEqual([1, '1 thing does not work.']);
  }, 60_000);

  it('changes a setting', async () => {
    await walk('setting');
    const env = await docker('inspect', '--format', '{{json .Config.Env}}', await here.container('app'));
    expect(env).toContain('"ECHO_MESSAGES_PER_MINUTE=60"');
  }, 60_000);

  it('reads the metrics', async () => expect(await walk('metrics')).toMatch(/^echo_live_runs/m));

  it('upgrades, and sees before and after what is to be done', async () => {
    const said = await walk('upgrade');
    expect(said.match(/makes 0 more/g)).toHaveLength(2);
    expect(await person.get('/api/conversations')).toMatchObject({ items: [] });
  }, 120_000);

  it('R1: backs up while an answer is made, and has everything again elsewhere, with what was accepted before', async () => {
    const ask = (prompt: string) => EventReader.post(`${here.url}/api/chat`, { prompt, provider: 'guide' }, person.headers);
    await (await ask('Whole')).all();
    const half = await ask('/demo long 3000');
    await half.until(({ text }) => text.length > 500);
    const seen = half.text;
    await walk('back-up');
    await call(`${here.url}/api/runs/${startOf(half).run_id}/stop`, {}, person.headers);
    elsewhere = await Stack.prepare(['compose.yml'], { APP_IMAGE: IMAGE });
    await elsewhere.command('bash', '-c', `cp ${here.folder}/echo-*.dump ${here.folder}/echo-*.tar.gz .`);
    await walk('restore', elsewhere);
    expect(elsewhere.secret('app/master_key')).toBe(here.secret('app/master_key'));
    const again = person.at(elsewhere);
    const { run_id, conversation_id } = startOf(half);
    const isClosed = async (): Promise<boolean> => (await again.get<{ status: string }>(`/api/runs/${run_id}`)).status === 'interrupted';
    await until(isClosed, 20_000, 'the live answer is closed');
    const { items } = await again.get<Messages>(`/api/conversations/${conversation_id}/messages`);
    expect(items.map(({ role, status }) => [role, status])).toEqual([
      ['user', 'completed'],
      ['assistant', 'interrupted'],
    ]);
    expect(items[1]?.content.startsWith(seen)).toBe(true);
    const { items: conversations } = await again.get<Conversations>('/api/conversations');
    expect(conversations.map(({ title }) => title).sort()).toEqual(['/demo long 3000', 'Whole']);
  }, 120_000);

  it('takes it away, and what was stored stays', async () => {
    await walk('remove');
    expect(await here.containers('app')).toEqual([]);
    expect(await docker('volume', 'ls', '--quiet', '--filter', `name=${here.project}_data`)).toBe(`${here.project}_data`);
  }, 60_000);

  it('was told nothing that was not tried', () => {
    const marks = documentedBlocks().map(({ mark }) => mark);
    expect(marks.filter((mark) => !NOT_WALKED.includes(mark) && !walked.has(mark.replace('walk:', '')))).toEqual([]);
  });
});
