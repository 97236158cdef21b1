import { EventReader, findFreePort, openAiChat } from '@echo/testing';
import { setTimeout as delay } from 'node:timers/promises';
import { isInstalled, PROXY_PROGRAMS, RealProxy } from './support/real-proxy';
import { startOf, TestApi } from './support/test-api';

/** Milliseconds. Proxies give up a silent connection after a minute, unless they are told otherwise or hear a sign of life. */
const SILENCE_MS = 61_000;
const PIECES = ['One ', 'two ', 'three ', 'four ', 'five.'];

/** The first piece of an answer, and once the test says so the others, 50 ms apart. */
const held = (pieces: readonly string[]) => {
  const [first = '', ...others] = pieces;
  const rest = openAiChat.text(others, { pace: 50 }).steps.slice(1);
  return openAiChat.text([first], { then: [{ hold: true }, ...rest] });
};

describe.each(PROXY_PROGRAMS)('behind $name with the example of docker/proxies', (program) => {
  if (!isInstalled(program)) {
    it.skip(`is not tested: ${program.name} is not installed`, () => undefined);
    return;
  }
  let api: TestApi;
  let proxy: RealProxy;

  beforeAll(async () => {
    const port = await findFreePort();
    api = await TestApi.start({ ECHO_PUBLIC_URL: `http://127.0.0.1:${port}` });
    proxy = await RealProxy.start(program, port, Number(new URL(api.url).port));
  }, 60_000);
  afterAll(async () => {
    await proxy?.stop();
    await api?.stop();
  });

  const post = (prompt: string): Promise<EventReader> => EventReader.post(`${proxy.url}/api/chat`, { prompt });

  it('lets each piece through before the last one is said', async () => {
    api.answer(held(PIECES));
    const asked = api.asked.length;
    const reader = await post('Stream');
    const request = await api.prompt(asked);
    await reader.until(({ text }) => text === PIECES[0]);
    request.release();
    await reader.until(({ text }) => text.startsWith('One two'));
    expect(reader.text).not.toBe(PIECES.join(''));
    await reader.all();
    expect(await reader.ended).toBe('clean');
    expect(reader.last).toMatchObject({ type: 'done', finish_reason: 'stop' });
  }, 60_000);

  it('shows the page, and lets another site neither in nor to the metrics', async () => {
    const page = await fetch(proxy.url);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect((await fetch(`${proxy.url}/api/models`, { headers: { origin: 'https://elsewhere.example' } })).status).toBe(403);
    expect((await fetch(`${proxy.url}/api/metrics`)).status).toBe(404);
  });

  it('takes a prompt of the greatest length', async () => {
    api.answer(openAiChat.text(['Yes']));
    const answer = await fetch(`${proxy.url}/api/chat`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ prompt: '\u{1f600}'.repeat(200_000) }),
    });
    expect(answer.status).toBe(200);
  }, 60_000);

  it('loses and doubles nothing when the proxy takes a new configuration in the middle', async () => {
    api.answer(held(PIECES));
    const asked = api.asked.length;
    let reader = await post('Reload');
    const request = await api.prompt(asked);
    await reader.until(({ text }) => text === PIECES[0]);
    const { run_id } = startOf(reader);
    proxy.reload();
    await delay(1_000);
    request.release();
    let text = '';
    // The proxy may have kept the connection, or cut it: then the client goes on where it was.
    for (let after = 0; ;) {
      await reader.all();
      text += reader.text;
      after = Number(reader.events.at(-1)?.id ?? after);
      if (reader.last?.type === 'done') break;
      reader = await EventReader.open(`${proxy.url}/api/runs/${run_id}/events?after=${after}`);
    }
    expect(text).toBe(PIECES.join(''));
  }, 60_000);
});

it('keeps a connection on which a model says nothing for a minute, behind each of them', async () => {
  const silent = async (program: (typeof PROXY_PROGRAMS)[number]): Promise<unknown[]> => {
    const port = await findFreePort();
    const api = await TestApi.start({ ECHO_PUBLIC_URL: `http://127.0.0.1:${port}`, ECHO_IDLE_TIMEOUT: '100' });
    const proxy = await RealProxy.start(program, port, Number(new URL(api.url).port));
    try {
      api.answer(held(['Early', ', late']));
      const reader = await EventReader.post(`${proxy.url}/api/chat`, { prompt: 'Think' });
      const asked = await api.prompt(0);
      await reader.until(({ text }) => text === 'Early');
      await delay(SILENCE_MS);
      asked.release();
      await reader.all();
      return [program.name, await reader.ended, reader.text];
    } finally {
      await proxy.stop();
      await api.stop();
    }
  };
  const programs = PROXY_PROGRAMS.filter(isInstalled);
  const ended = await Promise.all(programs.map(silent));
  expect(ended).toEqual(programs.map(({ name }) => [name, 'clean', 'Early, late']));
}, 120_000);
