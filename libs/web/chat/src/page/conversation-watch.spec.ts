import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { type Conversation } from '@echo/contract';
import { ChatSession, type TabNews, TabChannel } from '@echo/web-chat-client';
import { Subject } from 'rxjs';
import { ConversationDirectory } from '../list/conversation-directory';
import { ConversationWatch } from './conversation-watch';

const open = (change: Partial<Conversation> = {}) =>
  ({ id: 7, unread: false, updated_at: '2026-11-22T10:00:00.000Z', ...change }) as Conversation;

describe('ConversationWatch', () => {
  const heard = new Subject<TabNews>();
  const isLoading = signal(false);
  const isStreaming = signal(false);
  const conversation = signal<Conversation | undefined>(undefined);
  const conversations = signal<readonly Conversation[]>([]);
  const hasLive = signal(false);
  const session = { isLoading, isStreaming, conversation, markRead: jest.fn(), open: jest.fn() };
  const directory = { refresh: jest.fn(), conversations, hasLive, markRead: jest.fn() };

  async function pass(ms: number): Promise<void> {
    TestBed.tick();
    await jest.advanceTimersByTimeAsync(ms);
    TestBed.tick();
  }

  function show(visible: boolean): void {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => !visible });
    document.dispatchEvent(new Event('visibilitychange'));
    TestBed.tick();
  }

  beforeEach(async () => {
    jest.useFakeTimers();
    for (const each of [isLoading, isStreaming, hasLive]) each.set(false);
    conversation.set(undefined);
    conversations.set([]);
    TestBed.configureTestingModule({
      providers: [
        ConversationWatch,
        { provide: ChatSession, useValue: session },
        { provide: ConversationDirectory, useValue: directory },
        { provide: TabChannel, useValue: { heard } },
      ],
    });
    TestBed.inject(ConversationWatch);
    await pass(0);
    jest.clearAllMocks();
  });

  afterEach(() => {
    show(true);
    TestBed.resetTestingModule();
    jest.useRealTimers();
  });

  it('looks at the list every 15 seconds, every 5 while an answer is written in it, and never unseen', async () => {
    await pass(15_000);
    expect(directory.refresh).toHaveBeenCalledTimes(1);
    hasLive.set(true);
    await pass(15_000);
    expect(directory.refresh).toHaveBeenCalledTimes(4);
    show(false);
    await pass(60_000);
    expect(directory.refresh).toHaveBeenCalledTimes(4);
    show(true);
    expect(directory.refresh).toHaveBeenCalledTimes(5);
  });

  it('looks when an answer begins and ends here', async () => {
    isLoading.set(true);
    await pass(0);
    expect(directory.refresh).not.toHaveBeenCalled();
    isStreaming.set(true);
    isLoading.set(false);
    await pass(0);
    expect(directory.refresh).toHaveBeenCalledTimes(1);
    isStreaming.set(false);
    await pass(0);
    expect(directory.refresh).toHaveBeenCalledTimes(2);
  });

  it('looks for an answer that begins and ends in one moment', async () => {
    isLoading.set(true);
    await pass(0);
    isLoading.set(false);
    isStreaming.set(true);
    isStreaming.set(false);
    await pass(0);
    expect(directory.refresh).toHaveBeenCalledTimes(1);
  });

  it('looks once, and soon, for what other tabs tell at once', async () => {
    heard.next({ kind: 'ended', conversationId: 3 });
    heard.next({ kind: 'read', conversationId: 3 });
    heard.next({ kind: 'leaves', tab: 'a' });
    await pass(250);
    expect(directory.refresh).toHaveBeenCalledTimes(1);
    heard.next({ kind: 'leaves', tab: 'b' });
    await pass(250);
    expect(directory.refresh).toHaveBeenCalledTimes(1);
  });

  it('waits for the reading of an end that is seen in another tab', async () => {
    heard.next({ kind: 'ended', conversationId: 3, isSeen: true });
    await pass(250);
    expect(directory.refresh).not.toHaveBeenCalled();
    heard.next({ kind: 'read', conversationId: 3 });
    await pass(250);
    expect(directory.refresh).toHaveBeenCalledTimes(1);
  });

  it('marks an answer as read once it has ended and is seen', async () => {
    isStreaming.set(true);
    conversation.set(open({ unread: true }));
    show(false);
    await pass(0);
    isStreaming.set(false);
    await pass(0);
    expect(session.markRead).not.toHaveBeenCalled();
    show(true);
    expect(session.markRead).toHaveBeenCalledTimes(1);
    expect(directory.markRead.mock.calls).toEqual([[7]]);
  });

  it('reads the open conversation again when another device went on with it', async () => {
    conversation.set(open());
    conversations.set([open()]);
    await pass(15_000);
    expect(session.open).not.toHaveBeenCalled();
    conversations.set([open({ updated_at: '2026-11-22T10:00:01.000Z' })]);
    await pass(15_000);
    expect(session.open.mock.calls).toEqual([[7]]);
  });
});
