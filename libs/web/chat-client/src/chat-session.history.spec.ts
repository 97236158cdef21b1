import { effect, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { offline, problemAnswer, sse } from './testing/fake-server';
import { SessionRig, settle } from './testing/session-rig';
import { DONE, START, storedAnswer, storedConversation, storedMessage } from './testing/stored';

describe('ChatSession, history', () => {
  let rig: SessionRig;

  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'nextTick'] });
    rig = new SessionRig();
  });

  afterEach(() => {
    rig.destroy();
    jest.useRealTimers();
  });

  it('opens a conversation with the newest branch of all its pages', async () => {
    rig.server.on('GET /conversations/7/messages', ({ search }) => ({
      json: search.get('cursor')
        ? { items: [storedAnswer(2, 1), storedAnswer(3, 1)], next_cursor: null }
        : { items: [storedMessage(1)], next_cursor: 'next' },
    }));
    const opened = rig.session.open(7);
    expect(rig.session.isOpening()).toBe(true);
    expect(rig.session.conversationId()).toBe(7);
    await opened;
    expect(rig.session.isOpening()).toBe(false);
    expect(rig.session.conversation()).toMatchObject({ id: 7, title: 'Hello' });
    expect(rig.session.messages()).toMatchObject([
      { id: 1, role: 'user', parentId: null, siblings: [1] },
      { id: 3, role: 'assistant', parentId: 1, siblings: [2, 3], createdAt: new Date('2026-11-22T10:00:00.000Z') },
    ]);
    expect(rig.session.status().phase).toBe('idle');
  });

  it('follows a run that is live, from its first event', async () => {
    rig.stored = [storedMessage(1), storedAnswer(2, 1, { content: '', status: 'streaming' })];
    const stream = rig.stream('GET /runs/run-2/events');
    await rig.session.open(7);
    expect(rig.session.isStreaming()).toBe(true);
    expect(rig.session.isLoading()).toBe(false);
    expect(rig.server.to('GET /runs/run-2/events')[0]?.search.get('after')).toBe('0');
    rig.stored = [storedMessage(1), storedAnswer(2, 1, { content: 'Hello' })];
    stream.push(sse(1, START) + sse(3, { type: 'content', chunk: 'Hello' }) + sse(4, DONE));
    await settle();
    expect(rig.session.messages().at(-1)).toMatchObject({ text: 'Hello', state: 'completed' });
    expect(rig.session.messages().at(-1)?.startedAt).toBeUndefined();
  });

  it('says why it could not be opened, and opens when asked again', async () => {
    rig.server.once('GET /conversations/7', offline);
    await rig.session.open(7);
    expect(rig.session.openError()).toMatchObject({ code: 'network_error', retryable: true, action: 'reload' });
    expect(rig.session.isOpening()).toBe(false);
    await rig.session.open(7);
    expect(rig.session.openError()).toBeUndefined();
    expect(rig.texts()).toEqual(['Hi', 'Hello there']);
  });

  it('reads a conversation once when it is opened twice', async () => {
    await Promise.all([rig.session.open(7), rig.session.open(7)]);
    expect(rig.server.to('GET /conversations/7')).toHaveLength(1);
    expect(rig.texts()).toEqual(['Hi', 'Hello there']);
  });

  it('shows the conversation that was opened last, whichever answers first', async () => {
    rig.server.on('GET /conversations/8', () => new Promise(() => undefined));
    const left = rig.session.open(8);
    await rig.session.open(7);
    await left;
    expect(rig.session.conversationId()).toBe(7);
    expect(rig.texts()).toEqual(['Hi', 'Hello there']);
    expect(rig.server.to('GET /conversations/8')[0]?.signal?.aborted).toBe(true);
  });

  it('hangs up on the run of the conversation that is left, and does not stop it', async () => {
    const stream = await rig.begin();
    await rig.session.open(undefined);
    expect(stream.cancelled).toBe(true);
    expect(rig.session.messages()).toEqual([]);
    expect(rig.session.conversationId()).toBeUndefined();
    expect(rig.session.isStreaming()).toBe(false);
    expect(rig.server.to('POST /runs/run-2/stop')).toEqual([]);
  });

  it('goes on undisturbed when the page’s address catches up with a new conversation', async () => {
    const stream = await rig.begin();
    await rig.session.open(7);
    expect(stream.cancelled).toBe(false);
    expect(rig.texts()).toEqual(['Hi', 'Hello']);
  });

  it('is opened by an effect of the page’s address alone', async () => {
    const address = signal<number | undefined>(undefined);
    const opening = jest.fn(() => void rig.session.open(address()));
    TestBed.runInInjectionContext(() => effect(opening));
    TestBed.tick();
    await rig.begin();
    TestBed.tick();
    expect(opening).toHaveBeenCalledTimes(1);
    address.set(7);
    TestBed.tick();
    await settle();
    expect(opening).toHaveBeenCalledTimes(2);
    expect(rig.texts()).toEqual(['Hi', 'Hello']);
  });

  it('shows what other tabs have added when the open conversation is chosen again', async () => {
    await rig.session.open(7);
    rig.stored = [...rig.stored, storedMessage(3, { parent_id: 2, content: 'More' })];
    await rig.session.open(7);
    await settle();
    expect(rig.texts()).toEqual(['Hi', 'Hello there', 'More']);
  });

  it('sends into a conversation that is being opened once its history is there', async () => {
    const opened = rig.session.open(7);
    rig.stream().push(sse(1, { ...START, message_id: 4, run_id: 'run-4' }));
    await rig.session.sendStreamingMessage('More');
    await opened;
    expect(rig.server.to('POST /chat')[0]?.body).toMatchObject({ conversation_id: 7, parent_id: 2 });
    expect(rig.texts()).toEqual(['Hi', 'Hello there', 'More', '']);
  });

  it('makes another answer beside the last one', async () => {
    await rig.session.open(7);
    rig.stored = [...rig.stored, storedAnswer(3, 1, { content: 'Another' })];
    const stream = rig.stream('POST /messages/2/regenerate');
    const sent = rig.session.regenerate(undefined, 'other');
    expect(rig.texts()).toEqual(['Hi', '']);
    stream.push(sse(1, { ...START, message_id: 3, run_id: 'run-3' }) + sse(2, { type: 'content', chunk: 'Another' }));
    await expect(sent).resolves.toBe(7);
    expect(rig.server.to('POST /messages/2/regenerate')[0]?.body).toEqual({ model: 'other', stream: true });
    expect(rig.session.streamingMessage()).toMatchObject({ id: 3, parentId: 1, siblings: [2, 3] });
    stream.push(sse(3, DONE));
    await settle();
    expect(rig.texts()).toEqual(['Hi', 'Another']);
    rig.session.chooseSibling(2);
    expect(rig.texts()).toEqual(['Hi', 'Hello there']);
  });

  it('shows the first answer again when another one is refused', async () => {
    await rig.session.open(7);
    rig.server.once('POST /messages/2/regenerate', problemAnswer('overloaded'));
    await expect(rig.session.regenerate()).rejects.toMatchObject({ code: 'overloaded' });
    expect(rig.texts()).toEqual(['Hi', 'Hello there']);
    expect(rig.session.error()).toMatchObject({ action: 'retry' });
    rig.stream('POST /messages/2/regenerate').push(sse(1, { ...START, message_id: 3, run_id: 'run-3' }));
    await rig.session.retry();
    expect(new Set(rig.server.to('POST /messages/2/regenerate').map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
  });

  it('goes on from an answer that was cut short', async () => {
    rig.stored = [storedMessage(1), storedAnswer(2, 1, { content: 'Half', status: 'interrupted' })];
    await rig.session.open(7);
    const stream = rig.stream('POST /messages/2/continue');
    stream.push(sse(1, { ...START, message_id: 3, run_id: 'run-3' }) + sse(2, { type: 'content', chunk: 'Half' }));
    await rig.session.continueAnswer();
    expect(rig.session.streamingMessage()).toMatchObject({ id: 3, parentId: 1, siblings: [2, 3] });
  });

  it('shows the text that it goes on from all the while', async () => {
    rig.stored = [storedMessage(1), storedAnswer(2, 1, { content: 'Once upon ', status: 'stopped', finish_reason: 'stopped' })];
    await rig.session.open(7);
    const stream = rig.stream('POST /messages/2/continue');
    const seen = new Set<string | undefined>();
    const look = () => seen.add(rig.session.messages().at(-1)?.text);
    const going = rig.session.continueAnswer();
    look();
    for (const event of [{ ...START, message_id: 3 }, { type: 'content', chunk: 'Once upon ' }, { type: 'content', chunk: 'a' }, DONE]) {
      stream.push(sse(stream.written + 1, event));
      await settle();
      look();
    }
    await going;
    expect([...seen]).toEqual(['Once upon ', 'Once upon a']);
  });

  it('has nothing to answer again in an empty chat', async () => {
    await expect(rig.session.regenerate()).rejects.toMatchObject({ code: 'message_not_found' });
    await expect(rig.session.editMessage(99, 'x')).rejects.toMatchObject({ code: 'message_not_found' });
    expect(rig.server.requests).toEqual([]);
  });

  it('sends another version of a message as its sibling', async () => {
    rig.stored = [storedMessage(1), storedAnswer(2, 1), storedMessage(3, { parent_id: 2 }), storedAnswer(4, 3)];
    await rig.session.open(7);
    rig.stream().push(sse(1, { ...START, message_id: 6, run_id: 'run-6' }));
    await rig.session.editMessage(3, 'Better');
    expect(rig.server.to('POST /chat')[0]?.body).toMatchObject({ prompt: 'Better', conversation_id: 7, parent_id: 2 });
    expect(rig.texts()).toEqual(['text 1', 'text 2', 'Better', '']);
  });

  it('sends another version of the first message as a new root', async () => {
    await rig.session.open(7);
    rig.stream().push(sse(1, { ...START, message_id: 4, run_id: 'run-4' }));
    await rig.session.editMessage(1, 'Better');
    expect(rig.server.to('POST /chat')[0]?.body).toMatchObject({ conversation_id: 7, parent_id: null });
    expect(rig.texts()).toEqual(['Better', '']);
  });

  it('shows the newest branch through the version that is chosen', async () => {
    rig.stored = [storedMessage(1), storedAnswer(2, 1), storedMessage(3, { parent_id: 2 }), storedMessage(4), storedAnswer(5, 4)];
    rig.server.on('GET /conversations/7', { json: storedConversation() });
    await rig.session.open(7);
    expect(rig.texts()).toEqual(['text 4', 'text 5']);
    expect(rig.session.messages()[0]?.siblings).toEqual([1, 4]);
    rig.session.chooseSibling(1);
    expect(rig.texts()).toEqual(['text 1', 'text 2', 'text 3']);
  });

  it('lets an answer go on while another branch is shown', async () => {
    await rig.session.open(7);
    const stream = rig.stream('POST /messages/2/regenerate');
    stream.push(sse(1, { ...START, message_id: 3, run_id: 'run-3' }));
    await rig.session.regenerate();
    rig.session.chooseSibling(2);
    stream.push(sse(2, { type: 'content', chunk: 'Aside' }));
    await jest.advanceTimersByTimeAsync(100);
    expect(rig.texts()).toEqual(['Hi', 'Hello there']);
    expect(rig.session.streamingMessage()?.text).toBe('Aside');
  });
});
