import { openAiChat, Relay, WORKSPACE } from '@echo/testing';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { TestApi } from './support/test-api';

/** What an integrator would write: every type in it comes from the description. */
const PROGRAM = `
import createClient from 'openapi-fetch';
import type { components, paths } from './api';

type RunEvent = components['schemas']['RunEvent'];

async function main(): Promise<void> {
  const client = createClient<paths>({ baseUrl: process.argv[2] ?? '' });
  const whole = await client.POST('/api/chat', { body: { prompt: 'Hi', stream: false } });
  if (whole.error) throw new Error(whole.error.code satisfies components['schemas']['Problem']['code']);
  if (!('response' in whole.data)) throw new Error('no JSON');
  const id: number = whole.data.conversation_id;

  const streamed = await client.POST('/api/chat', { body: { prompt: 'Again', conversation_id: id, stream: true }, parseAs: 'stream' });
  let text = '';
  let end: string | undefined;
  let rest = '';
  const decoder = new TextDecoder();
  for await (const bytes of streamed.data as ReadableStream<Uint8Array>) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split('\\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (!line.startsWith('data: ')) continue;
      const event = JSON.parse(line.slice(6)) as RunEvent;
      switch (event.type) {
        case 'content': text += event.chunk; break;
        case 'done': end = event.finish_reason; break;
        case 'error': throw new Error(event.message);
        case 'start': case 'reasoning': case 'status': break;
        default: event satisfies never;
      }
    }
  }
  const list = await client.GET('/api/conversations', { params: { query: { limit: 1 } } });
  console.log(JSON.stringify({ whole: whole.data.response, text, end, title: list.data?.items[0]?.title }));
}
void main();
`;

describe('a client that is generated from the description', () => {
  it('compiles and streams an answer', async () => {
    // It is a process of its own: its connections lead through this one, where the witness sees them.
    const relay = await Relay.start();
    const api = await TestApi.start({ ECHO_PUBLIC_URL: relay.url });
    relay.port = Number(new URL(api.url).port);
    const folder = mkdtempSync(join(tmpdir(), 'echo-client-'));
    // Not the synchronous form: the provider of the test lives in this process.
    const run = async (script: string, ...args: string[]) =>
      (await promisify(execFile)(process.execPath, [script, ...args], { cwd: folder })).stdout;
    const tool = (name: string, ...args: string[]) => run(join(WORKSPACE, 'node_modules', name), ...args);
    try {
      api.answerAll(openAiChat.text(['Hello', ' there']));
      symlinkSync(join(WORKSPACE, 'node_modules'), join(folder, 'node_modules'));
      writeFileSync(join(folder, 'openapi.json'), await (await fetch(`${api.url}/api/openapi.json`)).text());
      writeFileSync(join(folder, 'client.ts'), PROGRAM);
      await tool('openapi-typescript/bin/cli.js', 'openapi.json', '-o', 'api.d.ts');
      const options = {
        strict: true,
        target: 'es2023',
        lib: ['es2023', 'dom', 'dom.iterable', 'dom.asynciterable'],
        module: 'nodenext',
        types: ['node'],
        outDir: 'out',
        rootDir: '.',
        skipLibCheck: true,
      };
      writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, files: ['client.ts'] }));
      await tool('typescript/bin/tsc', '-p', 'tsconfig.json');
      const output = await run('out/client.js', relay.url);
      expect(JSON.parse(output)).toEqual({ whole: 'Hello there', text: 'Hello there', end: 'stop', title: 'Hi' });
    } finally {
      rmSync(folder, { recursive: true, force: true });
      await api.stop();
      relay.stop();
    }
  }, 60_000);
});
