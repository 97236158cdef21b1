import { TestBed } from '@angular/core/testing';
import { type SequencedEvent } from '@echo/contract';
import { type Observable } from 'rxjs';
import { ChatStream } from './chat-stream';
import { HTTP_FETCH } from './http-fetch';
import { StreamWatch } from './stream-watch';
import { FakeServer, offline, problemAnswer, sse, streamAnswer } from './testing/fake-server';
import { FakeStream } from './testing/fake-stream';
import { settle } from './testing/session-rig';
import { DONE, START } from './testing/stored';

describe('ChatStream', () => {
  let server: FakeServer;
  let stream: ChatStream;
  let seen: (number | string)[];
  let error: unknown;

  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'nextTick'] });
    server = new FakeServer();
    TestBed.configureTestingModule({ providers: [{ provide: HTTP_FETCH, useValue: server.fetch }] });
    stream = TestBed.inject(ChatStream);
    seen = [];
    error = undefined;
  });

  afterEach(() => jest.useRealTimers());

  function watch(source: Observable<SequencedEvent>) {
    return source.subscribe({
      next: ({ seq }) => seen.push(seq),
      error: (reason: unknown) => (error = reason),
      complete: () => seen.push('end'),
    });
  }

  function serve(route = 'POST /chat', pieceBytes?: number): FakeStream {
    const body = new FakeStream(pieceBytes);
    server.on(route, streamAnswer(body));
    return body;
  }

  it('is cold: nothing is sent before somebody subscribes', () => {
    serve();
    const source = stream.post('/chat', { prompt: 'Hi' }, 'key');
    expect(server.requests).toEqual([]);
    watch(source).unsubscribe();
    expect(server.requests).toHaveLength(1);
  });

  it('tells whoever watches what happens on each connection, and how it ends', async () => {
    const notes: string[] = [];
    TestBed.inject(StreamWatch).notes.subscribe((note) => {
      const told = Object.entries(note).filter(([name]) => !['at', 'connection'].includes(name));
      if (note.kind !== 'bytes') notes.push([note.connection, ...told.map(([, value]) => String(value))].join(' '));
    });
    const body = serve();
    watch(stream.post('/chat', {}, 'key'));
    body.push(sse(1, START) + sse(2, { type: 'content', chunk: 'four' }));
    await settle();
    body.cut();
    await settle();
    server.on('GET /runs/run-2/events', streamAnswer(serveRest()));
    watch(stream.follow('run-2', 2));
    await settle();
    watch(stream.follow('run-2', 3)).unsubscribe();
    expect(notes).toEqual([
      '1 asked POST /chat false',
      '1 opened',
      '1 event 1 start 0',
      '1 event 2 content 4',
      '1 ended cut',
      '2 asked GET /runs/run-2/events?after=2 true',
      '2 opened',
      '2 event 3 done 0',
      '2 ended complete',
      '3 asked GET /runs/run-2/events?after=3 true',
      '3 ended left',
    ]);
  });

  function serveRest(): FakeStream {
    const rest = new FakeStream();
    rest.push(sse(3, DONE));
    return rest;
  }

  it.each([1, 2, 3, 7, 64])('reads events cut every %d bytes', async (pieceBytes) => {
    const body = serve('POST /chat', pieceBytes);
    const chunks: string[] = [];
    stream.post('/chat', {}, 'key').subscribe(({ event }) => event.type === 'content' && chunks.push(event.chunk));
    body.push(
      `\uFEFF: open\r\n\r\n${sse(1, START)}: beat\n\nid: 2\rdata: {"type":"content",\rdata: "chunk":"é👋"}\r\r${sse(3, { type: 'content', chunk: '漢' })}${sse(4, DONE)}`,
    );
    await settle();
    expect(chunks).toEqual(['é👋', '漢']);
  });

  it('completes after the terminal event, hangs up and hears no more', async () => {
    const body = serve();
    watch(stream.post('/chat', {}, 'key'));
    body.push(sse(1, START) + sse(2, DONE) + sse(3, { type: 'content', chunk: 'x' }));
    await settle();
    expect(seen).toEqual([1, 2, 'end']);
    expect(body.cancelled).toBe(true);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('drops what it has and what it does not know', async () => {
    const body = serve('GET /runs/r/events');
    watch(stream.follow('r', 3));
    expect(server.requests[0]?.search.get('after')).toBe('3');
    expect(server.requests[0]?.headers['accept']).toBe('text/event-stream');
    body.push(
      [2, 3, 5, 5, 4].map((seq) => sse(seq, { type: 'content', chunk: 'x' })).join('') + sse(6, { type: 'of_tomorrow' }) + sse(7, DONE),
    );
    await settle();
    expect(seen).toEqual([5, 7, 'end']);
  });

  it('completes empty when there is nothing more', async () => {
    server.on('GET /runs/r/events', { status: 204 });
    watch(stream.follow('r', 9));
    await settle();
    expect(seen).toEqual(['end']);
    expect(jest.getTimerCount()).toBe(0);
  });

  it.each([
    ['gone events', problemAnswer('events_expired'), { status: 410, code: 'events_expired' }],
    ['a refusal', problemAnswer('overloaded'), { status: 503, code: 'overloaded' }],
    ['a page in place of a stream', { text: '<html>', headers: { 'content-type': 'text/html' } }, { status: 200, code: 'bad_response' }],
    ['a network that is gone', offline, { status: 0, code: 'network_error' }],
  ])('errors with a problem for %s', async (_name, answer, expected) => {
    server.on('GET /runs/r/events', answer);
    watch(stream.follow('r', 1));
    await settle();
    expect(error).toMatchObject({ name: 'ApiProblem', ...expected });
  });

  it.each([
    ['a cut', (body: FakeStream) => body.cut(), 'cut'],
    ['an end without a last event', (body: FakeStream) => body.end(), 'cut'],
    ['words that are not JSON', (body: FakeStream) => body.push('event: error\ndata: Internal server error\n\n'), 'malformed'],
  ])('is lost by %s', async (_name, lose, reason) => {
    const body = serve();
    watch(stream.post('/chat', {}, 'key'));
    body.push(sse(1, START));
    await settle();
    lose(body);
    await settle();
    expect(seen).toEqual([1]);
    expect(error).toMatchObject({ name: 'StreamLost', reason });
    expect(jest.getTimerCount()).toBe(0);
  });

  it('is lost by silence, which a comment breaks', async () => {
    const body = serve();
    watch(stream.post('/chat', {}, 'key'));
    body.push(sse(1, START));
    await jest.advanceTimersByTimeAsync(9000);
    body.push(':\n\n');
    await jest.advanceTimersByTimeAsync(9999);
    expect(error).toBeUndefined();
    await jest.advanceTimersByTimeAsync(1);
    expect(error).toMatchObject({ name: 'StreamLost', reason: 'silent' });
    expect(body.cancelled).toBe(true);
  });

  it('gives an answer that has begun its whole time for the first byte', async () => {
    const body = new FakeStream();
    let begin: (() => void) | undefined;
    server.on('POST /chat', () => new Promise((resolve) => (begin = () => resolve(streamAnswer(body)))));
    watch(stream.post('/chat', {}, 'key'));
    await jest.advanceTimersByTimeAsync(9000);
    begin?.();
    await jest.advanceTimersByTimeAsync(9999);
    expect(error).toBeUndefined();
    await jest.advanceTimersByTimeAsync(1);
    expect(error).toMatchObject({ name: 'StreamLost', reason: 'silent' });
  });

  it('counts a server that does not begin to answer as gone, and gives a long prompt time to get there', async () => {
    server.on('POST /chat', () => new Promise(() => undefined));
    watch(stream.post('/chat', { prompt: 'x'.repeat(160_000) }, 'key'));
    await jest.advanceTimersByTimeAsync(19_000);
    expect(error).toBeUndefined();
    await jest.advanceTimersByTimeAsync(2000);
    expect(error).toMatchObject({ code: 'network_error' });
    expect(server.requests[0]?.signal?.aborted).toBe(true);
  });

  it('aborts the request when nobody listens any more, and errors nowhere', async () => {
    const body = serve();
    const opened = jest.fn();
    const watching = watch(stream.post('/chat', {}, 'key', opened));
    await settle();
    expect(opened).toHaveBeenCalledTimes(1);
    watching.unsubscribe();
    await settle();
    expect(server.requests[0]?.signal?.aborted).toBe(true);
    expect(body.cancelled).toBe(true);
    expect(error).toBeUndefined();
    expect(jest.getTimerCount()).toBe(0);
  });
});
