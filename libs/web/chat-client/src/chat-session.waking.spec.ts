import { sse, streamAnswer } from './testing/fake-server';
import { FakeStream } from './testing/fake-stream';
import { SessionRig, settle, show } from './testing/session-rig';
import { DONE, START } from './testing/stored';

const FOLLOW = 'GET /runs/run-2/events';

describe('ChatSession on a page that is hidden, or wakes', () => {
  let rig: SessionRig;

  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'nextTick'] });
    rig = new SessionRig();
  });

  afterEach(() => {
    rig.destroy();
    show(true);
    jest.useRealTimers();
  });

  it('hangs up two seconds after the page is hidden, and resumes when it is seen again', async () => {
    const first = await rig.begin('Hel');
    show(false);
    await jest.advanceTimersByTimeAsync(2000);
    expect(first.cancelled).toBe(false);
    await jest.advanceTimersByTimeAsync(300);
    expect(first.cancelled).toBe(true);
    await jest.advanceTimersByTimeAsync(4000);
    expect(rig.server.to(FOLLOW)).toHaveLength(0);

    const resumed = rig.stream(FOLLOW);
    show(true);
    await settle();
    expect(rig.server.to(FOLLOW)[0]?.search.get('after')).toBe('2');
    resumed.push(sse(3, { type: 'content', chunk: 'lo' }));
    await rig.finish(resumed);
    expect(rig.session.messages().at(-1)?.state).toBe('completed');
  });

  it('looks every five seconds what has come while the page is hidden, and learns of the end', async () => {
    await rig.begin('Hel');
    rig.server.on('GET /runs/run-2', { json: { id: 'run-2', status: 'streaming' } });
    show(false);
    await jest.advanceTimersByTimeAsync(2300);
    const visits = [rig.stream(FOLLOW).push(sse(3, { type: 'content', chunk: 'lo' })), rig.stream(FOLLOW)];
    await jest.advanceTimersByTimeAsync(5000);
    expect(rig.session.messages().at(-1)?.text).toBe('Hel');
    await jest.advanceTimersByTimeAsync(300);
    expect(rig.texts().at(-1)).toBe('Hello');
    expect(visits[0]?.cancelled).toBe(true);
    await jest.advanceTimersByTimeAsync(5000);
    expect(rig.server.to(FOLLOW).map(({ search }) => search.get('after'))).toEqual(['2', '3']);
    visits[1]?.push(sse(4, DONE));
    await settle();
    expect(rig.session.messages().at(-1)?.state).toBe('completed');
    await jest.advanceTimersByTimeAsync(60_000);
    expect(rig.server.to(FOLLOW)).toHaveLength(2);
  });

  it('stays when the page is seen again during a visit', async () => {
    await rig.begin('Hel');
    show(false);
    await jest.advanceTimersByTimeAsync(2300);
    const visit = rig.stream(FOLLOW);
    await jest.advanceTimersByTimeAsync(5000);
    show(true);
    await jest.advanceTimersByTimeAsync(5000);
    expect(visit.cancelled).toBe(false);
    expect(rig.server.to(FOLLOW)).toHaveLength(1);
  });

  it('does not take the silence of a hidden page for one of the model', async () => {
    await rig.begin('Hel');
    rig.server.on(FOLLOW, () => streamAnswer(new FakeStream())).on('GET /runs/run-2', { json: { id: 'run-2', status: 'streaming' } });
    show(false);
    await jest.advanceTimersByTimeAsync(120_000);
    expect(rig.session.status().phase).toBe('streaming');
  });

  it.each([
    ['the network is back', () => window.dispatchEvent(new Event('online'))],
    ['the machine has slept', () => jest.setSystemTime(Date.now() + 8 * 3_600_000)],
    [
      'the machine has slept, which hid the page',
      () => {
        show(false);
        jest.setSystemTime(Date.now() + 8 * 3_600_000);
        show(true);
      },
    ],
  ])('resumes at once when %s, whatever the old connection looks like', async (_when, happen) => {
    const first = await rig.begin('Hel');
    const resumed = rig.stream(FOLLOW);
    happen();
    await jest.advanceTimersByTimeAsync(1000);
    expect(first.cancelled).toBe(true);
    expect(rig.server.to(FOLLOW).map(({ search }) => search.get('after'))).toEqual(['2']);
    resumed.push(sse(3, { type: 'content', chunk: 'lo there' }));
    await rig.finish(resumed);
    expect(rig.session.messages().at(-1)).toMatchObject({ text: 'Hello there', state: 'completed' });
  });

  it('does not take timers that the browser delays on a hidden page for a sleep', async () => {
    await rig.begin('Hel');
    show(false);
    await jest.advanceTimersByTimeAsync(2300);
    jest.setSystemTime(Date.now() + 60_000);
    await jest.advanceTimersByTimeAsync(1000);
    expect(rig.server.to(FOLLOW)).toHaveLength(0);
  });

  it('does not hang up on a hidden page before the server has accepted', async () => {
    const stream = rig.stream();
    const sent = rig.session.sendStreamingMessage('Hi');
    await settle();
    show(false);
    for (let beat = 0; beat < 8; beat++) {
      await jest.advanceTimersByTimeAsync(5000);
      stream.push(': beat\n\n');
    }
    expect(stream.cancelled).toBe(false);
    stream.push(sse(1, START));
    await expect(sent).resolves.toBe(7);
  });

  it('stays connected when the page is hidden for a moment only', async () => {
    const first = await rig.begin();
    show(false);
    await jest.advanceTimersByTimeAsync(1900);
    show(true);
    await jest.advanceTimersByTimeAsync(5000);
    expect(first.cancelled).toBe(false);
    expect(rig.server.to(FOLLOW)).toHaveLength(0);
  });
});
