import { RUN_ERROR_CODES } from '@echo/contract';
import { EchoApp, openAiChat, WORKSPACE } from '@echo/testing';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TestApi } from './support/test-api';

const TOKEN = 'a-token-of-many-characters';

/** `name{labels}` → value. */
function samples(text: string): Map<string, number> {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]));
}

describe('the metrics', () => {
  let api: TestApi;
  const read = async (): Promise<Map<string, number>> => samples(await (await fetch(`${api.url}/api/metrics`)).text());
  const until = async (name: string, value: number): Promise<void> => {
    for (const deadline = Date.now() + 10_000; (await read()).get(name) !== value;) {
      if (Date.now() > deadline) throw new Error(`${name} is ${(await read()).get(name)}, not ${value}.`);
    }
  };

  beforeAll(async () => {
    api = await TestApi.start();
  });
  afterAll(() => api.stop());

  it('count answers by how they ended, with their tokens, times and commits', async () => {
    api.answer(openAiChat.text(['One', ' two'], { pace: 80, usage: { prompt_tokens: 9, completion_tokens: 2 } }), {
      status: 401,
      steps: [{ end: true }],
    });
    await api.ask('Count');
    await api.ask('Fail');
    await until('echo_runs_ended_total{provider="scripted",outcome="failed"}', 1);
    const now = await read();
    expect(now.get('echo_runs_started_total{provider="scripted"}')).toBe(2);
    expect(now.get('echo_runs_ended_total{provider="scripted",outcome="completed"}')).toBe(1);
    expect([...now.keys()].filter((name) => name.startsWith('echo_run_errors_total{provider="scripted",code="'))).toHaveLength(1);
    expect(now.get('echo_tokens_total{provider="scripted",direction="output"}')).toBe(2);
    expect(now.get('echo_first_content_seconds_count{provider="scripted"}')).toBe(1);
    expect(now.get('echo_run_seconds_count{provider="scripted"}')).toBe(2);
    expect(now.get('echo_flush_seconds_count')).toBeGreaterThan(0);
    expect(now.get('echo_flush_events_total')).toBeGreaterThan(0);
    expect(now.get('echo_http_requests_total{method="POST",status="200"}')).toBe(2);
  });

  it('show what is going on now: live answers, viewers, the lease, the pool, the event loop', async () => {
    api.answer(openAiChat.text(['Half'], { then: [{ stall: true }] }));
    const reader = await api.stream('/api/chat', { prompt: 'Go on for ever' });
    await reader.until(({ text }) => text === 'Half');
    const now = await read();
    expect(now.get('echo_live_runs{state="streaming"}')).toBe(1);
    expect(now.get('echo_viewers')).toBe(1);
    expect(now.get('echo_lease_age_seconds')).toBeLessThan(5);
    expect(now.get('echo_database_ready')).toBe(1);
    expect(now.get('echo_pool_max_connections')).toBeGreaterThan(0);
    expect(now.get('nodejs_eventloop_lag_p99_seconds')).toBeGreaterThan(0);
    reader.leave();
    await until('echo_viewers', 0);
    expect((await read()).get('echo_dropped_readers_total')).toBe(0);
  });

  it('are for programs of this machine only, and exist for nobody else', async () => {
    const ask = async (headers: Record<string, string>): Promise<number> =>
      (await api.send('get', '/api/metrics', undefined, headers)).status;
    expect(await ask({})).toBe(200);
    const others: Record<string, string>[] = [
      { 'x-forwarded-for': '10.0.0.1' },
      { forwarded: 'for=10.0.0.1' },
      { via: '1.1 proxy' },
      { host: 'chat.example' },
      { 'sec-fetch-site': 'cross-site' },
    ];
    for (const headers of others) expect([headers, await ask(headers)]).toEqual([headers, 404]);
    expect((await api.send('post', '/api/metrics')).status).toBe(404);
  });

  it('are for whoever sends the token, once there is one, under any address', async () => {
    const app = await EchoApp.start({ env: { ...api.env, ECHO_METRICS_TOKEN: TOKEN } });
    try {
      const ask = async (headers: Record<string, string>): Promise<number> => (await fetch(`${app.url}/api/metrics`, { headers })).status;
      expect(await ask({})).toBe(404);
      expect(await ask({ authorization: `Bearer ${TOKEN}x` })).toBe(404);
      expect(await ask({ authorization: `Bearer ${TOKEN}`, 'x-forwarded-for': '10.0.0.1' })).toBe(200);
      const elsewhere = await api.send('get', '/api/metrics', undefined, { host: 'echo:3000', authorization: `Bearer ${TOKEN}` });
      expect(elsewhere.status).toBe(404); // This one has no token and asks from elsewhere.
    } finally {
      await app.stop();
    }
  });

  it('are what the alert rules speak of', async () => {
    const rules = readFileSync(join(WORKSPACE, 'docker/monitoring/alerts.yml'), 'utf8');
    const text = await (await fetch(`${api.url}/api/metrics`)).text();
    const known = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].flatMap(([, name, type]) =>
      type === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [`${name}`],
    );
    const spoken = new Set(rules.match(/\b(?:echo|nodejs|process)_[a-z0-9_]+/g));
    expect(spoken.size).toBeGreaterThan(10);
    expect([...spoken].filter((name) => !known.includes(name))).toEqual([]);
  });

  it('have alert rules that the operator’s page explains, each under its name', () => {
    const alerts = [...readFileSync(join(WORKSPACE, 'docker/monitoring/alerts.yml'), 'utf8').matchAll(/- alert: (\w+)/g)].map(
      ([, name]) => name,
    );
    const page = readFileSync(join(WORKSPACE, 'docs/operations.md'), 'utf8');
    expect(alerts.length).toBeGreaterThan(8);
    expect(alerts.filter((name) => !page.includes(`### \`${name}\``))).toEqual([]);
    const explained = [...page.matchAll(/^### `(\w+)`$/gm)].map(([, name]) => name);
    expect(explained.filter((name) => !alerts.includes(name))).toEqual([]);
    const codes: readonly string[] = RUN_ERROR_CODES;
    expect((page.match(/\bprovider_[a-z_]+/g) ?? []).filter((code) => !codes.includes(code))).toEqual([]);
  });
});
