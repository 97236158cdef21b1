import { FakeStream } from './testing/fake-stream';
import { problemAnswer, sse, streamAnswer } from './testing/fake-server';
import { FakeChannel } from './testing/fake-channel';
import { SessionRig, settle, show } from './testing/session-rig';
import { DONE, START, storedAnswer, storedConversation, storedMessage } from './testing/stored';

const FOLLOW = 'GET /runs/run-2/events';
const FOLLOW_4 = 'GET /runs/run-4/events';

describe('ChatSession among the tabs of a browser', () => {
  let uninstall: () => void;
  let other: FakeChannel;
  let rig: SessionRig;

  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'nextTick'], now: 1_000_000 });
    uninstall = FakeChannel.install();
    rig = new SessionRig();
    other = new FakeChannel('echo');
  });

  afterEach(() => {
    rig.destroy();
    uninstall();
    jest.useRealTimers();
  });

  const told = () => other.heard.filter((news) => 'conversationId' in (news as object));
  const begun = { kind: 'began', conversationId: 7, messageId: 4 } as const;
  const asked = () => [...rig.stored, storedMessage(3, { content: 'More', parent_id: 2 })];

  it('tells the others when an answer begins and when it ends', async () => {
    const stream = await rig.begin();
    expect(told()).toEqual([{ kind: 'began', conversationId: 7, messageId: 2 }]);
    await rig.finish(stream);
    expect(told().at(-1)).toEqual({ kind: 'ended', conversationId: 7, messageId: 2, isSeen: true });
  });

  it('promises that an end is read only where somebody sees it and nobody stopped it', async () => {
    const stream = await rig.begin();
    show(false);
    await rig.finish(stream);
    show(true);
    const stopped = await rig.begin();
    stopped.push(sse(9, { ...DONE, finish_reason: 'stopped' }));
    await settle();
    expect(told().filter((news) => (news as { kind: string }).kind === 'ended')).toMatchObject([{ isSeen: false }, { isSeen: false }]);
  });

  it('shows a prompt that was sent in another tab, and follows its answer', async () => {
    await rig.session.open(7);
    rig.stored = [...asked(), storedAnswer(4, 3, { content: '', status: 'streaming' })];
    const stream = rig
      .stream(FOLLOW_4)
      .push(sse(1, { ...START, message_id: 4, run_id: 'run-4' }) + sse(2, { type: 'content', chunk: 'Yes' }));
    other.postMessage(begun);
    await jest.advanceTimersByTimeAsync(100);
    expect(rig.texts()).toEqual(['Hi', 'Hello there', 'More', 'Yes']);
    rig.stored = [...asked(), storedAnswer(4, 3, { content: 'Yes' })];
    await rig.finish(stream);
    expect(rig.states().at(-1)).toBe('completed');
  });

  it('shows the answer that another tab asks for beside the one that is shown', async () => {
    await rig.session.open(7);
    rig.stored = [...rig.stored, storedAnswer(4, 1, { content: '', status: 'streaming' })];
    rig.stream(FOLLOW_4).push(sse(1, { ...START, message_id: 4, run_id: 'run-4' }) + sse(2, { type: 'content', chunk: 'Anew' }));
    other.postMessage(begun);
    await jest.advanceTimersByTimeAsync(100);
    expect(rig.texts()).toEqual(['Hi', 'Anew']);
  });

  it('shows it also when it has ended by then', async () => {
    await rig.session.open(7);
    rig.stored = [...rig.stored, storedAnswer(4, 1, { content: 'Quick' })];
    other.postMessage({ ...begun, kind: 'ended' });
    await settle();
    expect(rig.texts()).toEqual(['Hi', 'Quick']);
  });

  it.each([
    ['of another conversation', { ...begun, conversationId: 8 }],
    ['of an answer that it has seen itself', { kind: 'ended', conversationId: 7, messageId: 2 }],
    ['of places for streams', { kind: 'follows', tab: 'a', used: 1 }],
  ])('reads nothing for news %s', async (_what, news) => {
    await rig.session.open(7);
    const before = rig.server.requests.length;
    other.postMessage(news);
    await settle();
    expect(rig.server.requests).toHaveLength(before);
  });

  it('says that the conversation is gone when another tab deletes it', async () => {
    await rig.session.open(7);
    rig.server.on('GET /conversations/7', problemAnswer('conversation_not_found'));
    other.postMessage({ kind: 'deleted', conversationId: 7 });
    await settle();
    expect(rig.session.openError()?.code).toBe('conversation_not_found');
    expect(rig.session.messages()).toEqual([]);
  });

  it('marks what was read as read, on the server and in every tab', async () => {
    rig.server.on('GET /conversations/7', { json: storedConversation({ unread: true }) });
    rig.server.on('PATCH /conversations/7', { json: storedConversation() });
    await rig.session.open(7);
    rig.session.markRead();
    rig.session.markRead();
    await settle();
    expect(rig.session.conversation()?.unread).toBe(false);
    expect(rig.server.to('PATCH /conversations/7').map(({ body }) => body)).toEqual([{ unread: false }]);
    expect(told()).toEqual([{ kind: 'read', conversationId: 7 }]);
  });

  it('takes over from another tab that it was read', async () => {
    rig.server.on('GET /conversations/7', { json: storedConversation({ unread: true }) });
    await rig.session.open(7);
    other.postMessage({ kind: 'read', conversationId: 7 });
    expect(rig.session.conversation()?.unread).toBe(false);
  });

  it('lets its connection go when four other tabs want one, follows by short visits, and takes one again', async () => {
    const first = await rig.begin('Hel');
    rig.server.on('GET /runs/run-2', { json: { id: 'run-2', status: 'streaming' } });
    const streams: FakeStream[] = [];
    rig.server.on(FOLLOW, () => streamAnswer((streams[streams.length] = new FakeStream())));
    for (const tab of ['a', 'b', 'c', 'd']) other.postMessage({ kind: 'follows', tab, used: Date.now() + 1 });
    await jest.advanceTimersByTimeAsync(300);
    expect(first.cancelled).toBe(true);
    await jest.advanceTimersByTimeAsync(1000);
    streams[0]?.push(sse(3, { type: 'content', chunk: 'lo there' }));
    await jest.advanceTimersByTimeAsync(300);
    expect(streams[0]?.cancelled).toBe(true);
    expect(rig.texts()).toEqual(['Hi', 'Hello there']);
    expect(rig.session.status().phase).toBe('streaming');
    await jest.advanceTimersByTimeAsync(900);
    other.postMessage({ kind: 'leaves', tab: 'a' });
    await settle();
    expect(streams).toHaveLength(2);
    await jest.advanceTimersByTimeAsync(5000);
    expect(streams[1]?.cancelled).toBe(false);
    streams[1]?.push(sse(4, DONE));
    await settle();
    expect(rig.session.messages().at(-1)).toMatchObject({ text: 'Hello there', state: 'completed' });
    expect(other.heard).toContainEqual({ kind: 'leaves', tab: expect.any(String) });
  });

  it('keeps a request that the server has not accepted yet, whoever wants the connection', async () => {
    const stream = rig.stream();
    const sent = expect(rig.session.sendStreamingMessage('Hi')).resolves.toBe(7);
    await settle();
    for (const tab of ['a', 'b', 'c', 'd']) other.postMessage({ kind: 'follows', tab, used: Date.now() + 1 });
    await jest.advanceTimersByTimeAsync(5000);
    expect(stream.cancelled).toBe(false);
    stream.push(sse(1, START));
    await sent;
    await jest.advanceTimersByTimeAsync(300);
    expect(stream.cancelled).toBe(true);
  });

  it('says of a model that it is silent also on visits', async () => {
    await rig.begin('Hel');
    rig.server.on('GET /runs/run-2', { json: { id: 'run-2', status: 'streaming' } });
    rig.server.on(FOLLOW, () => streamAnswer(new FakeStream()));
    for (let seconds = 0; seconds < 61; seconds += 5) {
      for (const tab of ['a', 'b', 'c', 'd']) other.postMessage({ kind: 'follows', tab, used: Date.now() + 1 });
      await jest.advanceTimersByTimeAsync(5000);
    }
    expect(rig.session.status().phase).toBe('stalled');
  });
});
