import { type ScriptedAnswer } from '@echo/testing';
import { EACH_WIRE, KEY, WireStage } from './wire-stage';

describe.each(EACH_WIRE)('%s', (wire, speaker) => {
  const { words } = speaker;
  const { begin, piece } = words;
  const end = words.end();
  const lines = words.contentType.includes('ndjson');
  const badJson = lines ? '{"message":\n' : 'data: {"type":\n\n';
  const noObject = lines ? '"hello"\n' : 'data: "hello"\n\n';
  let stage: WireStage;

  beforeAll(async () => (stage = await WireStage.start()));
  afterEach(() => stage.provider.reset());
  afterAll(() => stage.stop());

  const page: ScriptedAnswer = { headers: { 'content-type': 'text/html' }, steps: [{ write: '\n <!doctype html><h1>Log in</h1>' }] };
  it.each<[string, ScriptedAnswer, string, string]>([
    ['an end without any sign of completion', speaker.raw(begin + piece('a')), 'truncated', 'a'],
    ['an end in the middle of a piece', speaker.raw(begin + piece('a') + piece('b').trimEnd().slice(0, -5)), 'truncated', 'a'],
    ['an empty body', speaker.raw(''), 'truncated', ''],
    ['a connection that is cut', speaker.text(['a'], { then: [{ wait: 10 }, { cut: true }] }), 'truncated', 'a'],
    ['a connection that is reset', speaker.text(['a'], { then: [{ wait: 30 }, { reset: true }] }), 'truncated', 'a'],
    ['a connection that ends without any answer', { steps: [{ reset: true }] }, 'network', ''],
    ['a web page with status 200', page, 'protocol', ''],
    ['bad JSON', speaker.raw(begin + piece('a') + badJson + end), 'protocol', 'a'],
    ['JSON that is no object', speaker.raw(noObject + end), 'protocol', ''],
    ['JSON of something else', speaker.raw('{"hello":"world"}'), 'protocol', ''],
    ['text that is no stream', speaker.raw('Hello, I am a teapot.\n'), 'protocol', ''],
    ['a compressed body', { headers: { 'content-encoding': 'gzip' }, steps: [{ write: 'x' }] }, 'protocol', ''],
    ['a redirect', { status: 307, headers: { location: 'http://127.0.0.1:1/' }, steps: [] }, 'protocol', ''],
    ['an endless line', speaker.raw((lines ? '"' : 'data: ').padEnd(2 * 1024 * 1024, 'x')), 'protocol', ''],
    ['a failure in the middle', speaker.raw(begin + piece('a') + words.failure('boom')), 'server', 'a'],
    ['a failure instead of an answer', speaker.raw(words.failure('The model is overloaded', 'overloaded_error')), 'overloaded', ''],
    ['a rate limit instead of an answer', speaker.raw(words.failure('Rate limit reached', 'rate_limit_error')), 'rate_limit', ''],
    ['a failure with status 200', speaker.raw('{"error":{"type":"overloaded_error","message":"overloaded"}}'), 'overloaded', ''],
    ['a failure that is text', speaker.raw('{"error":"model runner has unexpectedly stopped"}\n'), 'server', ''],
  ])('reports %s', async (_, answer, kind, text) => {
    const outcome = await stage.ask(wire, answer);
    expect([outcome.error?.name, outcome.error?.kind, outcome.text, outcome.finish]).toEqual(['ProviderError', kind, text, undefined]);
  });

  it('reports a failure whose bytes come one by one', async () => {
    const { error } = await stage.ask(wire, speaker.raw(begin + words.failure('Overloaded', 'overloaded_error'), 'bytes'));
    expect(error?.kind).toBe('overloaded');
  });

  it.each([
    [401, { message: 'Incorrect API key provided: sk-test-***def' }, 'auth'],
    [401, {}, 'auth'],
    [403, { message: 'Country not supported' }, 'auth'],
    [400, { message: 'API key not valid. Please pass a valid API key.' }, 'auth'],
    [400, { message: 'Incorrect API key provided: xa***' }, 'auth'],
    [429, { message: 'You exceeded your current quota', code: 'insufficient_quota' }, 'quota'],
    [400, { message: 'Your credit balance is too low to access the API.' }, 'quota'],
    [402, {}, 'quota'],
    [429, { message: 'Slow down' }, 'rate_limit'],
    [429, { message: 'Rate limit reached. Add a payment method at /account/billing.', code: 'rate_limit_exceeded' }, 'rate_limit'],
    [400, { message: "This model's maximum context length is 8192 tokens", code: 'context_length_exceeded' }, 'context_length'],
    [400, { message: 'prompt is too long: 210000 tokens > 200000 maximum' }, 'context_length'],
    [400, { message: 'The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).' }, 'context_length'],
    [413, {}, 'context_length'],
    [404, { message: 'No such thing' }, 'not_found'],
    [400, { message: 'the model "x" was not_found', code: 'model_not_found' }, 'not_found'],
    [400, { message: 'bad temperature' }, 'bad_request'],
    [400, { message: 'blocked', code: 'content_filter' }, 'filter'],
    [408, {}, 'timeout'],
    [409, {}, 'overloaded'],
    [500, {}, 'server'],
    [502, {}, 'server'],
    [503, {}, 'overloaded'],
    [504, {}, 'timeout'],
    [529, {}, 'overloaded'],
  ])('reports status %d %j as %s', async (status, failure, kind) => {
    const outcome = await stage.ask(wire, speaker.error(status, failure, { 'retry-after': '2' }));
    expect(outcome.error).toMatchObject({ name: 'ProviderError', kind, status, retryAfterMs: 2_000 });
  });

  it.each([
    ['a web page', '<html>'.repeat(50_000), 'bad_request'],
    ['an error that is text', '{"code":"x","error":"Incorrect API key provided"}', 'auth'],
    ['an array around the error', '[{"error":{"code":400,"message":"API key not valid","status":"INVALID_ARGUMENT"}}]', 'auth'],
    ['a list of details', '{"detail":[{"loc":["body","x"],"msg":"Field required"}]}', 'bad_request'],
    ['nothing', '', 'bad_request'],
  ])('reads %s as a refusal', async (_, body, kind) => {
    expect((await stage.ask(wire, { status: 400, steps: [{ write: body }] })).error).toMatchObject({ kind, status: 400 });
  });

  it('shows neither the body nor the key of a refusal, and logs none of its sentences', async () => {
    const { error } = await stage.ask(wire, speaker.error(401, { message: `Bad key ${KEY}.\n<script>${'x'.repeat(1000)}` }));
    expect(error?.message).toBe('Test AI refused the key. An administrator must check the key of this provider.');
    expect(error?.logDetail ?? '').not.toMatch(/Bad|key|script|xx/);
    expect(JSON.stringify(error)).not.toContain(KEY);
  });

  it('shows nothing of what a failure inside the stream says', async () => {
    const { error } = await stage.ask(wire, speaker.raw(begin + words.failure(`secret ${KEY} <b>`)));
    expect(error?.message).toBe('Test AI failed. Try again, or choose another model.');
    expect(JSON.stringify(error)).not.toContain(KEY);
  });

  it('does not wait for a failure that never ends its body', async () => {
    const { error } = await stage.ask(wire, {
      status: 500,
      headers: { 'content-length': '1000' },
      steps: [{ write: '{"error":' }, { cut: true }],
    });
    expect(error).toMatchObject({ kind: 'server', status: 500 });
  });

  it.each([
    ['a port where nobody listens', 'http://127.0.0.1:1', 'ECONNREFUSED'],
    ['a name that does not exist', 'http://nowhere.invalid', expect.stringMatching(/^(ENOTFOUND|EAI_AGAIN)$/)],
    ['a metadata service', 'http://169.254.169.254', 'EGRESS_REFUSED'],
    ['a metadata service in another spelling', 'http://[::ffff:a9fe:a9fe]', 'EGRESS_REFUSED'],
    ['a metadata service as one number', 'http://2852039166', 'EGRESS_REFUSED'],
  ])('cannot reach %s', async (_, baseUrl, logDetail) => {
    const { error } = await stage.outcome(stage.model(wire, { baseUrl }));
    expect(error).toMatchObject({ kind: 'network', logDetail });
  });

  it('refuses a key that is no header value, without telling it', async () => {
    const { error } = await stage.outcome(stage.model(wire, { apiKey: `${KEY}\n` }));
    expect(error).toMatchObject({ kind: 'bad_request' });
    expect(`${String(error)} ${JSON.stringify(error)}`).not.toContain(KEY);
  });
});
