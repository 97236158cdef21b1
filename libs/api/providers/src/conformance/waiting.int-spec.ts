import { collectAnswer, type ScriptedAnswer } from '@echo/testing';
import { type ProviderError } from '../errors/provider-error';
import { type ModelPart } from '../language-model';
import { guarded, type Guards } from '../stream/guarded-model';
import { RETRY_POLICY } from '../stream/retries';
import { EACH_WIRE, WireStage } from './wire-stage';

const HI = { messages: [{ role: 'user' as const, content: 'Hi' }] };
/** Long enough for a busy machine to say its pieces in, short enough to wait for. */
const PATIENCE_MS = 400;
const GUARDS: Guards = {
  maxChars: 10_000,
  firstContentMs: PATIENCE_MS,
  idleMs: PATIENCE_MS,
  totalMs: 10_000,
  retries: { ...RETRY_POLICY, wait: () => Promise.resolve() },
};

describe.each(EACH_WIRE)('%s, waited for,', (wire, speaker) => {
  const { begin, piece, ping, contentType, end } = speaker.words;
  const comment = contentType.includes('ndjson') ? '\n' : ': still here\n\n';
  const headers = { 'content-type': contentType };
  let stage: WireStage;

  beforeAll(async () => (stage = await WireStage.start()));
  afterEach(() => stage.provider.reset());
  afterAll(() => stage.stop());

  async function ask(answer: ScriptedAnswer, guards: Partial<Guards> = {}) {
    stage.provider.enqueue(answer);
    const model = guarded(stage.model(wire), { ...GUARDS, ...guards }, 'Test AI');
    const outcome = await collectAnswer<ModelPart>(model.stream(HI, new AbortController().signal));
    const request = await stage.provider.request(0);
    return { ...outcome, error: outcome.error as ProviderError | undefined, request };
  }

  /** `text`, each so many milliseconds. */
  const again = (text: string, ms: number, times = 40) => Array.from({ length: times }, () => [{ write: text }, { wait: ms }]).flat();

  it.each<[string, ScriptedAnswer]>([
    ['F12: takes the question and never answers', { steps: [{ stall: true }] }],
    ['F12: sends headers and nothing else', { headers, steps: [{ write: '' }, { stall: true }] }],
    ['F12: begins and says no word', { headers, steps: [{ write: begin }, { stall: true }] }],
    ['F15: sends nothing but signs of life', { headers, steps: [{ write: begin }, ...again(ping || comment, 50), { stall: true }] }],
    ['F15: sends nothing but comments', { headers, steps: [{ write: begin }, ...again(comment, 50), { stall: true }] }],
  ])('%s: given up after the time until the first word, once, and hung up on', async (_, answer) => {
    const { error, text, request } = await ask(answer);
    expect([error?.kind, error?.message, text]).toEqual(['timeout', expect.stringContaining('sent nothing for'), '']);
    await request.closed;
    expect([request.leftEarly, stage.provider.requests.length]).toEqual([true, 1]);
  });

  it.each<[string, ScriptedAnswer]>([
    ['F13: falls silent in the middle', speaker.text(['a', 'b'], { then: [{ stall: true }] })],
    ['F15: goes on with comments only', speaker.text(['a', 'b'], { then: [...again(comment, 50), { stall: true }] })],
  ])('%s: given up with the text that came, never asked again, and hung up on', async (_, answer) => {
    const { error, text, request } = await ask(answer);
    expect([error?.kind, error?.message, text]).toEqual(['timeout', expect.stringContaining('fell silent'), 'ab']);
    await request.closed;
    expect([request.leftEarly, stage.provider.requests.length]).toEqual([true, 1]);
  });

  // A comment keeps the connection open, and says nothing of the model.
  if (ping !== '' && !ping.startsWith(':')) {
    it('is waited for as long as it shows signs of life in the middle of an answer', async () => {
      const steps = [{ write: begin + piece('a') }, ...again(ping, 50, 16), { write: piece('b') + end() }];
      const { error, text } = await ask({ headers, steps });
      expect([error, text]).toEqual([undefined, 'ab']);
    });
  }

  it('F15: drips for ever: given up when its whole time is over, with the text that came', async () => {
    const steps = [{ write: begin }, ...again(piece('a'), 50, 200)];
    const { error, text, request } = await ask({ headers, steps }, { totalMs: 600 });
    expect([error?.kind, error?.message]).toEqual(['timeout', expect.stringContaining('did not finish within')]);
    expect(text).toMatch(/^a{2,20}$/);
    await request.closed;
    expect(request.leftEarly).toBe(true);
  });

  it('F23: never stops: cut at the limit of an answer and hung up on', async () => {
    const steps = [{ write: begin }, { write: piece('0123456789'), times: Infinity }];
    const { error, text, finish, request } = await ask({ headers, steps });
    expect([error, text.length, finish?.reason]).toEqual([undefined, GUARDS.maxChars, 'length']);
    await request.closed;
    expect(request.leftEarly).toBe(true);
  });

  it.each([429, 500, 502, 503, 529])('F16: is asked again after %d, said before, and never after a word', async (status) => {
    stage.provider.enqueue(speaker.error(status), speaker.error(status));
    const { error, text, parts } = await ask(speaker.text(['a'], { then: [{ cut: true }] }));
    expect(parts.filter(({ type }) => type === 'status')).toMatchObject([{ status: 'retrying' }, { status: 'retrying' }]);
    expect([error?.kind, text, stage.provider.requests.length]).toEqual(['truncated', 'a', 3]);
  });

  it('F16: waits as long as it says', async () => {
    stage.provider.enqueue(speaker.error(429, {}, { 'retry-after': '7' }));
    const { parts } = await ask(speaker.text(['a']));
    expect(parts.filter(({ type }) => type === 'status')).toMatchObject([{ status: 'retrying', waitMs: 7_000 }]);
  });
});
