/** @jest-environment ./src/testing/fetch-environment.cjs */
import { TestBed } from '@angular/core/testing';
import { LIMITS } from '@echo/contract';
import { ChatSession } from './chat-session';
import { provideChatSettings } from './chat-settings';
import { sse } from './testing/fake-server';
import { beginStream, TestHttpServer, until } from './testing/http-server';
import { DONE, START, storedAnswer, storedConversation, storedMessage } from './testing/stored';

const TEXT = 'Grüße 👋 你好, ' + 'and so on. '.repeat(50);

describe('ChatSession over real sockets', () => {
  let server: TestHttpServer;
  let session: ChatSession;

  beforeEach(async () => {
    server = new TestHttpServer()
      .json('GET /api/conversations/7', storedConversation())
      .json('GET /api/conversations/7/messages', { items: [storedMessage(1), storedAnswer(2, 1, { content: TEXT })], next_cursor: null });
    TestBed.configureTestingModule({
      providers: [ChatSession, provideChatSettings({ baseUrl: await server.listen(), chunkTimeout: 300 })],
    });
    session = TestBed.inject(ChatSession);
  });

  afterEach(async () => {
    TestBed.resetTestingModule();
    await server.close();
  });

  it('reads a stream whose packets hold one byte each', async () => {
    server.on('POST /api/chat', (_request, response) => {
      beginStream(response);
      const bytes = Buffer.from(sse(1, START) + sse(2, { type: 'content', chunk: 'Grüße 👋 你好' }) + sse(3, DONE));
      const drip = (at: number): void => {
        if (at === bytes.length) return void response.end();
        response.write(bytes.subarray(at, at + 1), () => drip(at + 1));
      };
      drip(0);
    });
    server.on('GET /api/conversations/7/messages', (_request, response) => void response.writeHead(503).end());
    await expect(session.sendStreamingMessage('Hi')).resolves.toBe(7);
    await until(() => session.messages().at(-1)?.state === 'completed');
    expect(session.messages().at(-1)?.text).toBe('Grüße 👋 你好');
  });

  it('resumes over cut sockets, with every character once', async () => {
    const cuts = [100, 220, 350, TEXT.length];
    let from = 0;
    let seq = 1;
    const serve = (prefix: string, response: Parameters<typeof beginStream>[0]): void => {
      beginStream(response);
      const to = cuts.shift() ?? TEXT.length;
      const chunk = TEXT.slice(from, to);
      from = to;
      const end = to === TEXT.length;
      response.write(prefix + sse(++seq, { type: 'content', chunk }) + (end ? sse(++seq, DONE) : 'id: 99\ndata: {"type":"con'), () =>
        // Cut only once the bytes have left: what is torn is the half event after them.
        end ? response.end() : setTimeout(() => response.destroy(), 20),
      );
    };
    server.on('POST /api/chat', (_request, response) => serve(sse(1, START), response));
    server.on('GET /api/runs/run-2/events', (_request, response) => serve('', response));
    server.on('GET /api/conversations/7/messages', (_request, response) => void response.writeHead(503).end());
    await session.sendStreamingMessage('Hi');
    await until(() => session.messages().at(-1)?.state === 'completed');
    expect(session.messages().at(-1)?.text).toBe(TEXT);
    expect(server.seen.filter((line) => line.includes('events'))).toEqual(
      [2, 3, 4].map((after) => `GET /api/runs/run-2/events?after=${after}`),
    );
    expect(server.seen.filter((line) => line.startsWith('POST'))).toHaveLength(1);
  });

  it('resumes when the socket is open and silent', async () => {
    server.on('POST /api/chat', (_request, response) => {
      beginStream(response);
      response.write(sse(1, START));
    });
    server.on('GET /api/runs/run-2/events', (_request, response) => {
      beginStream(response);
      response.end(sse(2, { type: 'content', chunk: 'x' }) + sse(3, DONE));
    });
    await session.sendStreamingMessage('Hi');
    await until(() => session.messages().at(-1)?.state === 'completed');
    expect(server.seen).toContain('GET /api/runs/run-2/events?after=1');
  });

  it('closes the socket when the page is destroyed', async () => {
    let closed = false;
    server.on('POST /api/chat', (_request, response) => {
      response.on('close', () => (closed = true));
      beginStream(response);
      response.write(sse(1, START));
    });
    await session.sendStreamingMessage('Hi');
    expect(closed).toBe(false);
    TestBed.resetTestingModule();
    await until(() => closed);
    expect(server.seen.filter((line) => line.includes('stop'))).toEqual([]);
  });

  it('sends the largest prompt byte for byte', async () => {
    const prompt = '👋'.repeat(LIMITS.promptChars - 6) + '<b>\r\n\t';
    let typed: unknown;
    server.on('POST /api/chat', ({ text }, response) => {
      typed = JSON.parse(text);
      beginStream(response);
      response.write(sse(1, START));
    });
    await session.sendStreamingMessage(prompt);
    expect(typed).toEqual({ prompt, stream: true });
  });

  it('keeps the prompt when no server is there', async () => {
    await server.close();
    await expect(session.sendStreamingMessage('Hi')).rejects.toMatchObject({ code: 'network_error' });
    expect(session.messages()).toMatchObject([{ text: 'Hi', state: 'unsent' }]);
  });
});
