import { Drafts } from './drafts';
import { TestBed } from '@angular/core/testing';
import { offline, problemAnswer, sse } from './testing/fake-server';
import { SessionRig, settle } from './testing/session-rig';
import { START, storedAnswer, storedMessage } from './testing/stored';

describe('ChatSession, stopping and ending', () => {
  let rig: SessionRig;
  const listeners = new Map<string, number>();

  function count(target: EventTarget): void {
    const add = target.addEventListener.bind(target);
    const remove = target.removeEventListener.bind(target);
    jest.spyOn(target, 'addEventListener').mockImplementation((...call: Parameters<typeof add>) => {
      listeners.set(call[0], (listeners.get(call[0]) ?? 0) + 1);
      add(...call);
    });
    jest.spyOn(target, 'removeEventListener').mockImplementation((...call: Parameters<typeof remove>) => {
      listeners.set(call[0], (listeners.get(call[0]) ?? 0) - 1);
      remove(...call);
    });
  }

  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'nextTick'] });
    sessionStorage.clear();
    listeners.clear();
    count(document);
    count(window);
    rig = new SessionRig();
  });

  afterEach(() => {
    rig.destroy();
    jest.restoreAllMocks();
    jest.useRealTimers();
  });

  it('tells the server to stop, keeps what was seen and shows it as stopped', async () => {
    rig.stored = [
      storedMessage(1, { content: 'Hi' }),
      storedAnswer(2, 1, { content: 'Hello', status: 'stopped', finish_reason: 'stopped' }),
    ];
    const stream = await rig.begin('Hello');
    await rig.session.stop();
    expect(rig.server.to('POST /runs/run-2/stop')).toHaveLength(1);
    expect(rig.server.to('POST /runs/run-2/stop')[0]?.headers).toMatchObject({ 'x-requested-with': 'echo' });
    expect(rig.session.isStopping()).toBe(true);
    stream.push(sse(3, { type: 'done', finish_reason: 'stopped', usage: { input_tokens: 1, output_tokens: 1 }, conversation_id: 7 }));
    await settle();
    expect(rig.session.messages().at(-1)).toMatchObject({ text: 'Hello', state: 'stopped', finishReason: 'stopped' });
    expect(rig.session.isStopping()).toBe(false);
    expect(rig.session.error()).toBeUndefined();
  });

  it('remembers to stop until the run is known', async () => {
    const stream = rig.stream();
    const sent = rig.session.sendStreamingMessage('Hi');
    const stopped = rig.session.stop();
    await settle();
    expect(rig.session.isStopping()).toBe(true);
    expect(rig.server.to('POST /runs/run-2/stop')).toHaveLength(0);
    stream.push(sse(1, START));
    await sent;
    await stopped;
    expect(rig.server.to('POST /runs/run-2/stop')).toHaveLength(1);
  });

  it('stops once however often it is asked', async () => {
    await rig.begin();
    await Promise.all([rig.session.stop(), rig.session.stop(), rig.session.stop()]);
    expect(rig.server.to('POST /runs/run-2/stop')).toHaveLength(1);
  });

  it('does not give up stopping while the server cannot be reached', async () => {
    await rig.begin();
    rig.server.once('POST /runs/run-2/stop', offline).once('POST /runs/run-2/stop', problemAnswer('storage_unavailable'));
    const stopped = rig.session.stop();
    await jest.advanceTimersByTimeAsync(2000);
    await stopped;
    expect(rig.server.to('POST /runs/run-2/stop')).toHaveLength(3);
  });

  it('asks no longer to stop once the answer has ended', async () => {
    const stream = await rig.begin();
    rig.server.on('POST /runs/run-2/stop', offline);
    const stopped = rig.session.stop();
    await jest.advanceTimersByTimeAsync(100);
    await rig.finish(stream);
    await stopped;
    const asked = rig.server.to('POST /runs/run-2/stop').length;
    expect(jest.getTimerCount()).toBe(0);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(rig.server.to('POST /runs/run-2/stop')).toHaveLength(asked);
  });

  it('says so when the server refuses to stop, and can be asked again', async () => {
    await rig.begin();
    rig.server.once('POST /runs/run-2/stop', problemAnswer('run_not_found'));
    await rig.session.stop();
    expect(rig.session.error()).toMatchObject({ code: 'run_not_found' });
    expect(rig.session.isStopping()).toBe(false);
    await rig.session.stop();
    expect(rig.server.to('POST /runs/run-2/stop')).toHaveLength(2);
  });

  it('has nothing to stop when nothing is being answered', async () => {
    await rig.session.stop();
    expect(rig.session.isStopping()).toBe(false);
    expect(rig.server.requests).toEqual([]);
  });

  it('leaves nothing running when the page is destroyed in the middle of an answer', async () => {
    const stream = await rig.begin();
    stream.push(sse(3, { type: 'content', chunk: 'x'.repeat(1000) }));
    await settle();
    expect(jest.getTimerCount()).toBeGreaterThan(0);
    expect(listeners.get('visibilitychange')).toBeGreaterThan(0);
    expect(listeners.get('online')).toBeGreaterThan(0);
    rig.destroy();
    expect(jest.getTimerCount()).toBe(0);
    expect(listeners.get('visibilitychange')).toBe(0);
    expect(listeners.get('online')).toBe(0);
    expect(stream.cancelled).toBe(true);
    expect(rig.server.to('POST /chat')[0]?.signal?.aborted).toBe(true);
    expect(rig.server.to('POST /runs/run-2/stop')).toEqual([]);
  });

  it('leaves nothing running when the page is destroyed between two connections', async () => {
    const stream = await rig.begin();
    stream.cut();
    await settle();
    expect(rig.session.status().phase).toBe('reconnecting');
    rig.destroy();
    expect(jest.getTimerCount()).toBe(0);
    expect(listeners.get('visibilitychange')).toBe(0);
    await jest.advanceTimersByTimeAsync(10_000);
    expect(rig.server.to('GET /runs/run-2/events')).toEqual([]);
  });

  it('leaves nothing running after an answer has ended', async () => {
    await rig.finish(await rig.begin());
    expect(jest.getTimerCount()).toBe(0);
    expect(listeners.get('visibilitychange')).toBe(0);
    expect(listeners.get('online')).toBe(0);
  });

  it('keeps a prompt as a draft when the page is left before the server answered', async () => {
    rig.server.on('POST /chat', () => new Promise(() => undefined));
    const sent = rig.session.sendStreamingMessage('Precious');
    await settle();
    const drafts = TestBed.inject(Drafts);
    await rig.session.open(7);
    await expect(sent).rejects.toMatchObject({ code: 'network_error' });
    expect(drafts.read(undefined)).toBe('Precious');
  });

  it('keeps an unsent prompt as a draft, but never over another one', async () => {
    const drafts = TestBed.inject(Drafts);
    await rig.session.open(7);
    rig.server.on('POST /chat', problemAnswer('overloaded'));
    await expect(rig.session.sendStreamingMessage('First')).rejects.toThrow();
    await rig.session.open(undefined);
    expect(drafts.read(7)).toBe('First');
    await expect(rig.session.sendStreamingMessage('Second')).rejects.toThrow();
    drafts.write(undefined, 'Newer words');
    await rig.session.open(7);
    expect(drafts.read(undefined)).toBe('Newer words');
  });
});
