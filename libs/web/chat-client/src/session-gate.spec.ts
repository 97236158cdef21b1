import { TestBed } from '@angular/core/testing';
import { ApiClient } from './api-client';
import { ChatStream } from './chat-stream';
import { HTTP_FETCH } from './http-fetch';
import { SessionGate } from './session-gate';
import { FakeServer, problemAnswer } from './testing/fake-server';

describe('SessionGate', () => {
  let server: FakeServer;
  let api: ApiClient;
  let gate: SessionGate;

  beforeEach(() => {
    jest.useFakeTimers();
    server = new FakeServer();
    TestBed.configureTestingModule({ providers: [{ provide: HTTP_FETCH, useValue: server.fetch }] });
    api = TestBed.inject(ApiClient);
    gate = TestBed.inject(SessionGate);
  });
  afterEach(() => jest.useRealTimers());

  it.each(['session_ended', 'sign_in_required'] as const)('holds what met %s until somebody is signed in, and asks again', async (code) => {
    gate.guard();
    server.once('GET /models', problemAnswer(code)).on('GET /models', { json: { models: [] } });
    const asked = api.get('/models');
    await jest.advanceTimersByTimeAsync(0);
    expect(gate.isClosed()).toBe(true);
    expect(server.requests).toHaveLength(1);
    gate.open();
    await expect(asked).resolves.toEqual({ models: [] });
    expect(gate.isClosed()).toBe(false);
  });

  it.each(['sign_in_failed', 'second_factor_required', 'not_allowed'] as const)('lets %s through', async (code) => {
    gate.guard();
    server.on('POST /auth/sign-in', problemAnswer(code));
    await expect(api.post('/auth/sign-in')).rejects.toMatchObject({ code });
    expect(gate.isClosed()).toBe(false);
  });

  it('holds nothing back where no page asks to sign in', async () => {
    server.on('GET /models', problemAnswer('session_ended'));
    await expect(api.get('/models')).rejects.toMatchObject({ code: 'session_ended' });
  });

  it('forgets a request that is given up while it waits', async () => {
    gate.guard();
    server.on('GET /models', problemAnswer('session_ended'));
    const abort = new AbortController();
    const asked = api.get('/models', abort.signal);
    asked.catch(() => undefined);
    await jest.advanceTimersByTimeAsync(0);
    abort.abort();
    await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
    gate.open();
    expect(server.requests).toHaveLength(1);
  });

  it('lets a stream wait for longer than one without an answer may take, and then sends it under the same key', async () => {
    gate.guard();
    server.on('POST /chat', problemAnswer('session_ended'));
    const errors: unknown[] = [];
    const streaming = TestBed.inject(ChatStream)
      .post('/chat', { prompt: 'Hi' }, 'key-1')
      .subscribe({ error: (error) => errors.push(error) });
    await jest.advanceTimersByTimeAsync(120_000);
    expect(errors).toEqual([]);
    server.on('POST /chat', problemAnswer('too_many_live_runs'));
    gate.open();
    await jest.advanceTimersByTimeAsync(0);
    expect(errors).toMatchObject([{ code: 'too_many_live_runs' }]);
    expect(server.requests.map(({ headers }) => headers['idempotency-key'])).toEqual(['key-1', 'key-1']);
    streaming.unsubscribe();
  });
});
