import { TestBed } from '@angular/core/testing';
import { type Message } from '@echo/contract';
import { ChatSession } from '../chat-session';
import { type ChatSettings, provideChatSettings } from '../chat-settings';
import { HTTP_FETCH } from '../http-fetch';
import { FakeServer, sse, streamAnswer } from './fake-server';
import { FakeStream } from './fake-stream';
import { DONE, START, storedAnswer, storedConversation, storedMessage } from './stored';

/** A session against a played server, under fake timers. */
export class SessionRig {
  readonly server = new FakeServer();
  readonly session: ChatSession;
  /** What conversation 7 holds. */
  stored: readonly Message[] = [storedMessage(1, { content: 'Hi' }), storedAnswer(2, 1, { content: 'Hello there' })];

  constructor(settings: Partial<ChatSettings> = {}) {
    TestBed.configureTestingModule({
      providers: [ChatSession, provideChatSettings(settings), { provide: HTTP_FETCH, useValue: this.server.fetch }],
    });
    this.session = TestBed.inject(ChatSession);
    this.server.on('GET /conversations/7', () => ({ json: storedConversation() }));
    this.server.on('GET /conversations/7/messages', () => ({ json: { items: this.stored, next_cursor: null } }));
    this.server.on('POST /runs/run-2/stop', { status: 202, json: {} });
  }

  /** The next request of that route gets a stream that the test writes. */
  stream(route = 'POST /chat', stream = new FakeStream()): FakeStream {
    this.server.once(route, streamAnswer(stream));
    return stream;
  }

  /** A prompt on its way and accepted, its answer begun with `text`. */
  async begin(text = 'Hello'): Promise<FakeStream> {
    const stream = this.stream();
    const sent = this.session.sendStreamingMessage('Hi');
    stream.push(sse(1, START) + sse(2, { type: 'content', chunk: text }));
    await sent;
    await frames(60);
    return stream;
  }

  async finish(stream: FakeStream, seq = 9): Promise<void> {
    stream.push(sse(seq, DONE));
    await settle();
  }

  texts(): string[] {
    return this.session.messages().map(({ text }) => text);
  }

  states(): string[] {
    return this.session.messages().map(({ state }) => state);
  }

  destroy(): void {
    TestBed.resetTestingModule();
  }
}

/** Lets everything happen that needs no time. */
export async function settle(): Promise<void> {
  await jest.advanceTimersByTimeAsync(0);
}

/** Lets that many animation frames pass. */
export async function frames(count: number): Promise<void> {
  for (let frame = 0; frame < count; frame++) await jest.advanceTimersByTimeAsync(16);
}

/** Makes the page hidden, or seen again. */
export function show(visible: boolean): void {
  Object.defineProperty(document, 'hidden', { configurable: true, get: () => !visible });
  Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => (visible ? 'visible' : 'hidden') });
  document.dispatchEvent(new Event('visibilitychange'));
}
