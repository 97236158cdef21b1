import { openAiChat } from '@echo/testing';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestApi } from './support/test-api';

describe('an error that nobody catches', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'echo-stray-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is logged and ends neither the process nor an answer', async () => {
    // What a defect of a library would do: throws in a callback, and leaves a rejection to nobody.
    const defect = join(folder, 'defect.cjs');
    writeFileSync(
      defect,
      `process.on('SIGUSR2', () => { setImmediate(() => { throw new Error('a stray error'); }); Promise.reject(new Error('a forgotten one')); });`,
    );
    const api = await TestApi.start({ NODE_OPTIONS: `--require ${defect}` });
    try {
      api.answer(openAiChat.text(['Once ', 'upon ', 'a time.'], { pace: 30, then: [{ hold: true }, ...openAiChat.text([]).steps] }));
      const reader = await api.stream('/api/chat', { prompt: 'Tell me', provider: 'scripted' });
      await reader.until(({ text }) => text === 'Once upon a time.');
      const { pid } = api.app.process;
      api.app.process.kill('SIGUSR2');
      while (!api.app.output.includes('a stray error') || !api.app.output.includes('a forgotten one'))
        await new Promise((resolve) => setTimeout(resolve, 20));
      (await api.prompt(0)).release();
      await reader.all();
      expect(reader.last).toMatchObject({ type: 'done', finish_reason: 'stop' });
      expect([api.app.process.pid, api.app.process.exitCode]).toEqual([pid, null]);
      expect((await api.get('/api/health/live')).status).toBe(200);
    } finally {
      await api.stop();
    }
  });
});
