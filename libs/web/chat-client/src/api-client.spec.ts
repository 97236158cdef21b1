import { TestBed } from '@angular/core/testing';
import { ApiClient } from './api-client';
import { provideChatSettings } from './chat-settings';
import { ConversationsApi } from './conversations-api';
import { HTTP_FETCH } from './http-fetch';
import { ModelsApi } from './models-api';
import { RunsApi } from './runs-api';
import { FakeServer, offline, problemAnswer } from './testing/fake-server';
import { storedMessage } from './testing/stored';

describe('ApiClient and what is built on it', () => {
  let server: FakeServer;
  let api: ApiClient;

  beforeEach(() => {
    server = new FakeServer();
    TestBed.configureTestingModule({ providers: [{ provide: HTTP_FETCH, useValue: server.fetch }] });
    api = TestBed.inject(ApiClient);
  });

  it('writes JSON with the header that forms cannot send, and no cookies elsewhere', async () => {
    server.on('PATCH /conversations/7', { json: { id: 7 } });
    await expect(TestBed.inject(ConversationsApi).update(7, { pinned: true })).resolves.toEqual({ id: 7 });
    const [request] = server.requests;
    expect(request).toMatchObject({ body: { pinned: true }, headers: { 'content-type': 'application/json', 'x-requested-with': 'echo' } });
    expect(request?.init.credentials).toBe('same-origin');
  });

  it('sends no content type without a body, and still the header', async () => {
    server.on('DELETE /conversations/7', { status: 204 });
    await TestBed.inject(ConversationsApi).delete(7);
    expect(server.requests[0]?.headers).toEqual({ accept: 'application/json', 'x-requested-with': 'echo' });
    expect(server.requests[0]?.init.body).toBeUndefined();
  });

  it('keeps what the server told last of the person’s limits', async () => {
    const header = '"messages";r=2;t=40, "live_runs";r=1;t=0';
    server.once('POST /chat', { json: {}, headers: { ratelimit: header } }).on('GET /models', { json: {} });
    expect(api.rateLimit()).toBeUndefined();
    await api.post('/chat', { body: {} });
    await api.get('/models');
    expect(api.rateLimit()).toEqual({ header, at: expect.any(Number) });
  });

  it('makes a problem of every refusal', async () => {
    server.on('GET /version', problemAnswer('storage_unavailable', { detail: 'Try again soon.' }, { 'retry-after': '2' }));
    await expect(TestBed.inject(ModelsApi).server()).rejects.toMatchObject({
      name: 'ApiProblem',
      message: 'Try again soon.',
      status: 503,
      code: 'storage_unavailable',
      retryAfterMs: 2000,
      problem: { request_id: 'request-1' },
    });
  });

  it.each([
    [{ status: 502, text: '<html>' }, 'The server is not available right now. Try again in a moment.'],
    [{ status: 500, json: { code: 'toString', detail: 'x' } }, 'The server is not available right now. Try again in a moment.'],
    [{ status: 404, json: 'null' }, 'The server does not know this address. Reload the page.'],
    [{ status: 200, text: '<html>' }, 'The server gave an answer that cannot be read. Try again.'],
  ])('never shows what a stranger answered: %j', async (answer, message) => {
    server.on('GET /models', answer);
    await expect(TestBed.inject(ModelsApi).models()).rejects.toMatchObject({ code: 'bad_response', status: answer.status, message });
  });

  it('makes a problem of a network that is gone', async () => {
    server.on('GET /chat/providers', offline);
    await expect(TestBed.inject(ModelsApi).providers()).rejects.toMatchObject({ status: 0, code: 'network_error' });
  });

  it('stays an abort when it was aborted', async () => {
    server.on('GET /models', () => new Promise(() => undefined));
    const abort = new AbortController();
    const asked = api.get('/models', abort.signal);
    abort.abort();
    await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('lists with the parameters that are given, and reads all pages of messages', async () => {
    const conversations = TestBed.inject(ConversationsApi);
    server.on('GET /conversations', { json: { items: [], next_cursor: null } });
    await conversations.list({ query: 'a&b ü', archived: false, limit: 20 });
    await conversations.list();
    expect(server.requests.map(({ search }) => search.toString())).toEqual(['q=a%26b+%C3%BC&archived=false&limit=20', '']);

    server.once('GET /conversations/7/messages', { json: { items: [storedMessage(1)], next_cursor: 'c=1' } });
    server.once('GET /conversations/7/messages', { json: { items: [storedMessage(2)], next_cursor: null } });
    expect((await conversations.messages(7)).map(({ id }) => id)).toEqual([1, 2]);
    expect(server.to('GET /conversations/7/messages').map(({ search }) => search.get('cursor'))).toEqual([null, 'c=1']);
  });

  it('creates and reads conversations, reads and stops runs', async () => {
    server.on('POST /conversations', { status: 201, json: { id: 8 } }).on('GET /conversations/8', { json: { id: 8 } });
    server.on('GET /runs/x', { json: { id: 'x' } }).on('POST /runs/x/stop', { status: 202 });
    await expect(TestBed.inject(ConversationsApi).create({ title: 'T' })).resolves.toEqual({ id: 8 });
    await expect(TestBed.inject(ConversationsApi).get(8)).resolves.toEqual({ id: 8 });
    await expect(TestBed.inject(RunsApi).get('x')).resolves.toEqual({ id: 'x' });
    await expect(TestBed.inject(RunsApi).stop('x')).resolves.toBeUndefined();
  });

  it('talks to the address that is set', async () => {
    const fetched = jest.fn(server.fetch);
    TestBed.resetTestingModule();
    TestBed.configureTestingModule({
      providers: [provideChatSettings({ baseUrl: 'http://other.test/api' }), { provide: HTTP_FETCH, useValue: fetched }],
    });
    server.on('GET /models', { json: { models: [], problems: [] } });
    await TestBed.inject(ModelsApi).models();
    expect(fetched.mock.calls[0]?.[0]).toBe('http://other.test/api/models');
  });
});
