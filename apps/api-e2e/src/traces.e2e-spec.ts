import { type CollectedSpan, EchoApp, openAiChat, TraceCollector } from '@echo/testing';
import { randomBytes } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { startOf, TestApi } from './support/test-api';

const CALLER = { traceId: randomBytes(16).toString('hex'), spanId: randomBytes(8).toString('hex') };
const CANARY = `canary-${randomBytes(9).toString('hex')}`;
const KEY = `key-${randomBytes(9).toString('hex')}`;

describe('the traces', () => {
  let collector: TraceCollector;
  let api: TestApi;
  const traceOf = (traceId: string): CollectedSpan[] => collector.spans.filter((span) => span.traceId === traceId);
  const named = (spans: CollectedSpan[], name: string): CollectedSpan[] => spans.filter((span) => span.name === name);
  /** Waits until `look` finds something. */
  const eventually = async <T>(look: () => T | undefined): Promise<T> => {
    for (const deadline = Date.now() + 10_000; ;) {
      const found = look();
      if (found !== undefined) return found;
      if (Date.now() > deadline) throw new Error(`Not in these: ${JSON.stringify(collector.spans)}\n${api.app.output}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  const env = (): Record<string, string> => ({
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    OTEL_BSP_SCHEDULE_DELAY: '100',
    OTEL_EXPORTER_OTLP_HEADERS: `x-collector=${KEY}`,
    OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test,note=a%2Cb',
  });

  beforeAll(async () => {
    collector = await TraceCollector.start();
    api = await TestApi.start(env());
  });
  afterAll(async () => {
    await api.stop();
    await collector.stop();
  });

  it('follow an answer from the caller’s own span to the provider, and to the commits that stored it', async () => {
    api.answer(
      { status: 500, steps: [{ end: true }] },
      openAiChat.text([CANARY, ' more'], { usage: { prompt_tokens: 9, completion_tokens: 2 } }),
    );
    const headers = { traceparent: `00-${CALLER.traceId}-${CALLER.spanId}-01`, tracestate: 'vendor=1' };
    const reader = await api.stream('/api/chat', { prompt: CANARY, provider: 'scripted', model: 'one' }, headers);
    await reader.all();
    const { run_id, conversation_id } = startOf(reader);
    const run = await eventually(() => named(traceOf(CALLER.traceId), 'run')[0]);
    const request = await eventually(() => named(traceOf(CALLER.traceId), 'POST /api/chat')[0]);
    const [first, second] = named(traceOf(CALLER.traceId), 'chat one');
    expect(request).toMatchObject({ kind: 2, parentSpanId: CALLER.spanId, status: 0 });
    expect(request.attributes).toMatchObject({
      'http.request.method': 'POST',
      'http.route': '/api/chat',
      'http.response.status_code': 200,
    });
    expect(run).toMatchObject({ kind: 1, parentSpanId: request.spanId, status: 0 });
    expect(run.attributes).toMatchObject({
      'echo.run.id': run_id,
      'echo.run.status': 'completed',
      'echo.request.id': request.attributes['echo.request.id'],
      'gen_ai.conversation.id': String(conversation_id),
      'gen_ai.usage.output_tokens': 2,
    });
    expect(first).toMatchObject({ kind: 3, parentSpanId: run.spanId, status: 2 });
    expect(first?.attributes).toMatchObject({ 'echo.call.attempt': 1, 'error.type': 'server', 'http.response.status_code': 500 });
    expect(second).toMatchObject({ kind: 3, parentSpanId: run.spanId, status: 0 });
    expect(second?.attributes).toMatchObject({
      'echo.call.attempt': 2,
      'gen_ai.provider.name': 'scripted',
      'gen_ai.request.model': 'one',
      'gen_ai.response.finish_reasons': ['stop'],
      'gen_ai.usage.input_tokens': 9,
    });
    const flush = await eventually(() => named(collector.spans, 'flush').find(({ links }) => links.includes(run.spanId)));
    expect(flush.parentSpanId ?? '').toBe('');
    expect(flush.attributes).toMatchObject({ 'echo.flush.runs': 1 });
    expect(flush.attributes['echo.flush.events']).toBeGreaterThan(0);
    expect(run.resource).toMatchObject({ 'service.name': 'echov2', 'deployment.environment.name': 'test', note: 'a,b' });
    expect(run.resource['service.instance.id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('are the vendor’s business in no way', () => {
    for (const { headers } of api.asked) expect(headers).not.toHaveProperty('traceparent');
  });

  it('name requests after their routes, and tell of one that nobody takes only that', async () => {
    await api.get('/api/conversations/77?q=canary');
    await api.get(`/api/${CANARY}`);
    const known = await eventually(() => named(collector.spans, 'GET /api/conversations/:id')[0]);
    expect(known.attributes).toMatchObject({ 'url.path': '/api/conversations/77', 'http.response.status_code': 404 });
    expect(await eventually(() => named(collector.spans, 'GET').at(-1))).toMatchObject({ status: 0 });
  });

  it('leave out what their caller does not trace', async () => {
    const traceId = randomBytes(16).toString('hex');
    await api.send('get', '/api/version', undefined, { traceparent: `00-${traceId}-${CALLER.spanId}-00` });
    await api.send('get', '/api/version', undefined, { traceparent: `00-${traceId}-${CALLER.spanId}-broken` });
    await eventually(() => named(collector.spans, 'GET /api/version')[0]);
    expect(traceOf(traceId)).toEqual([]);
  });

  it('hold not a word of anybody', () => {
    const sent = collector.parcels.map(({ body }) => body.toString()).join('\n');
    expect(sent).toContain('POST /api/chat');
    for (const secret of [CANARY, 'canary', KEY]) expect(sent).not.toContain(secret);
    expect(collector.parcels[0]?.headers).toMatchObject({ 'x-collector': KEY });
    expect(api.app.output).not.toContain(KEY);
  });

  it('hurt nobody when the collector fails, which is told once', async () => {
    collector.status = 500;
    for (const count of [1, 2]) {
      const parcels = collector.parcels.length;
      api.answer(openAiChat.text(['Fine']));
      expect((await api.ask(`Go on ${count}`)).text).toBe('Fine');
      await eventually(() => collector.parcels[parcels]);
    }
    await eventually(() => api.app.output.match(/Traces cannot be sent/)?.[0]);
    expect(api.app.output.match(/Traces cannot be sent/g)).toHaveLength(1);
    collector.status = 200;
  });

  it('are sent before the process ends, as protobuf unless JSON is asked for', async () => {
    const usual = { OTEL_EXPORTER_OTLP_PROTOCOL: '', OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip', OTEL_BSP_SCHEDULE_DELAY: '600000' };
    const other = await EchoApp.start({ env: { ...api.env, ...usual } });
    await fetch(`${other.url}/api/version`);
    const parcels = collector.parcels.length;
    expect(await other.stop()).toBe(0);
    expect(collector.parcels).toHaveLength(parcels + 1);
    const last = collector.parcels.at(-1);
    expect(last?.headers).toMatchObject({ 'content-type': 'application/x-protobuf', 'content-encoding': 'gzip' });
    expect(gunzipSync(last?.body ?? '').includes('GET /api/version')).toBe(true);
  });

  it('hold up the end of the process for seconds only, when the collector takes them and does not answer', async () => {
    collector.isStuck = true;
    await api.get('/api/version');
    const began = performance.now();
    expect(await api.app.stop()).toBe(0);
    expect(performance.now() - began).toBeLessThan(8_000);
  });
});
