import { collectAnswer } from '@echo/testing';
import { type WirePart } from '../wire-model';
import { EACH_WIRE, WireStage } from './wire-stage';

const HI = { messages: [{ role: 'user' as const, content: 'Hi' }] };

describe.each(EACH_WIRE)('%s, stopped by the caller,', (wire, speaker) => {
  let stage: WireStage;

  beforeAll(async () => (stage = await WireStage.start()));
  afterEach(() => stage.provider.reset());
  afterAll(() => stage.stop());

  it('closes the connection in the middle of an answer, at once', async () => {
    stage.provider.enqueue(speaker.text(['a'], { then: [{ stall: true }] }));
    const abort = new AbortController();
    let stoppedAt = 0;
    const { error, text } = await collectAnswer<WirePart>(stage.model(wire).stream(HI, abort.signal), ({ type }) => {
      if (type !== 'text') return;
      stoppedAt = performance.now();
      abort.abort();
    });
    expect(error).toMatchObject({ kind: 'aborted' });
    expect(text).toBe('a');
    const request = await stage.provider.request(0);
    expect((await request.closed) - stoppedAt).toBeLessThan(200);
    expect(request.leftEarly).toBe(true);
  });

  it('closes the connection while it waits for headers', async () => {
    stage.provider.enqueue({ steps: [{ stall: true }] });
    const abort = new AbortController();
    const outcome = stage.outcome(stage.model(wire), {}, abort.signal);
    const request = await stage.provider.request(0);
    abort.abort();
    expect((await outcome).error).toMatchObject({ kind: 'aborted' });
    await request.closed;
    expect(request.leftEarly).toBe(true);
  });

  it('asks nothing when it was stopped before', async () => {
    expect((await stage.outcome(stage.model(wire), {}, AbortSignal.abort())).error).toMatchObject({ kind: 'aborted' });
    expect(stage.provider.requests).toHaveLength(0);
  });

  it('closes the connection when the consumer leaves the loop', async () => {
    stage.provider.enqueue(speaker.text(['a'], { then: [{ stall: true }] }));
    for await (const part of stage.model(wire).stream(HI, new AbortController().signal)) if (part.type === 'text') break;
    const request = await stage.provider.request(0);
    await request.closed;
    expect(request.leftEarly).toBe(true);
  });
});
