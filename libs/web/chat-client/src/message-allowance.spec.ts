import { TestBed } from '@angular/core/testing';
import { HTTP_FETCH } from './http-fetch';
import { MessageAllowance } from './message-allowance';
import { ModelsApi } from './models-api';
import { FakeServer, problemAnswer } from './testing/fake-server';

describe('MessageAllowance', () => {
  let server: FakeServer;
  let allowance: MessageAllowance;

  beforeEach(() => {
    jest.spyOn(Date, 'now').mockReturnValue(1_000);
    server = new FakeServer();
    TestBed.configureTestingModule({ providers: [{ provide: HTTP_FETCH, useValue: server.fetch }] });
    allowance = TestBed.inject(MessageAllowance);
  });

  afterEach(() => jest.restoreAllMocks());

  it('goes by what was asked for until an answer tells more', async () => {
    expect(allowance.standing()).toBeUndefined();
    const messages = { name: 'messages', limit: 30, remaining: 2, reset_seconds: 40 };
    server.on('GET /account/limits', { json: { allowances: [{ ...messages, name: 'live_runs' }, messages] } });
    await allowance.ask();
    expect(allowance.standing()).toEqual({ remaining: 2, until: 41_000 });
    server.on('GET /models', { json: {}, headers: { ratelimit: '"messages";r=1;t=15, "live_runs";r=2;t=0' } });
    await TestBed.inject(ModelsApi).models();
    expect(allowance.standing()).toEqual({ remaining: 1, until: 16_000 });
  });

  it('holds nothing back where nothing is counted, or otherwise', async () => {
    server.on('GET /account/limits', { json: { allowances: [] } });
    await allowance.ask();
    expect(allowance.standing()).toBeUndefined();
    server.on('GET /models', { json: {}, headers: { ratelimit: '"words";r=1;t=15' } });
    await TestBed.inject(ModelsApi).models();
    expect(allowance.standing()?.remaining).toBe(Infinity);
  });

  it('rejects where that cannot be asked', async () => {
    server.on('GET /account/limits', problemAnswer('storage_unavailable'));
    await expect(allowance.ask()).rejects.toMatchObject({ code: 'storage_unavailable' });
  });
});
