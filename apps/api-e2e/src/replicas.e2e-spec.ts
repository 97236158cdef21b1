import { type Run } from '@echo/contract';
import { EchoApp, EventReader, openAiChat } from '@echo/testing';
import { startOf, TestApi } from './support/test-api';

describe('two replicas on one database', () => {
  let api: TestApi;
  let other: EchoApp;

  beforeEach(async () => {
    api = await TestApi.start();
    other = await EchoApp.start({ env: api.env });
  });
  afterEach(async () => {
    await other.stop('SIGKILL');
    await api.stop();
  });

  /** An answer of the first replica that has said something and is silent. */
  const begin = async () => {
    api.answer(openAiChat.text(['Half ', 'an answer'], { pace: 30, then: [{ stall: true }] }));
    const reader = await api.stream('/api/chat', { prompt: 'Tell me' });
    await reader.until(({ text }) => text === 'Half an answer');
    return { reader, request: await api.prompt(0), ...startOf(reader) };
  };
  const atOther = (path: string) => `${other.url}/api/${path}`;

  it('show the same text, and stop at the provider within a second wherever it is asked', async () => {
    const { reader, request, run_id } = await begin();
    const watcher = await EventReader.open(atOther(`runs/${run_id}/events`));
    await watcher.until(({ text }) => text === 'Half an answer');
    const asked = performance.now();
    await fetch(atOther(`runs/${run_id}/stop`), { method: 'POST', headers: { 'x-requested-with': 'test' } });
    expect((await request.closed) - asked).toBeLessThan(1_000);
    await Promise.all([reader.all(), watcher.all()]);
    expect(reader.last).toMatchObject({ type: 'done', finish_reason: 'stopped' });
    expect(watcher.last).toEqual(reader.last);
  });

  it('close what one of them left open when it was killed, within ten seconds and a lease', async () => {
    const { run_id } = await begin();
    const watcher = await EventReader.open(atOther(`runs/${run_id}/events`));
    await api.app.stop('SIGKILL');
    await watcher.all();
    expect(watcher.text).toBe('Half an answer');
    expect(watcher.last).toMatchObject({ type: 'error', code: 'interrupted', partial: true });
    const run = (await (await fetch(atOther(`runs/${run_id}`))).json()) as Run;
    expect(run.status).toBe('interrupted');
    expect(Date.parse(run.finished_at ?? '') - Date.parse(run.created_at)).toBeLessThan(15_000);
  });
});
