import { TestBed } from '@angular/core/testing';
import { type CurrentUser, type SessionState } from '@echo/contract';
import { Subject } from 'rxjs';
import { CurrentSession } from './current-session';
import { Drafts } from './drafts';
import { HTTP_FETCH } from './http-fetch';
import { LEAVE_PAGE, SessionGate } from './session-gate';
import { TabChannel, type TabNews } from './tab-channel';
import { FakeServer, offline, problemAnswer } from './testing/fake-server';

const ADA: CurrentUser = { id: 'u-1', email: 'ada@echo.test', name: 'Ada', role: 'administrator' };
const BEN: CurrentUser = { id: 'u-2', email: 'ben@echo.test', name: 'Ben', role: 'user' };
const STATE: SessionState = {
  auth: 'accounts',
  user: ADA,
  setup_needed: false,
  sign_up: false,
  password_sign_in: true,
  single_sign_on: null,
  plain_http: false,
};

describe('CurrentSession', () => {
  let server: FakeServer;
  let session: CurrentSession;
  let left: string[];
  let told: TabNews[];
  let heard: Subject<TabNews>;

  beforeEach(() => {
    sessionStorage.clear();
    localStorage.clear();
    server = new FakeServer().on('GET /auth/session', { json: STATE });
    left = [];
    told = [];
    heard = new Subject();
    TestBed.configureTestingModule({
      providers: [
        { provide: HTTP_FETCH, useValue: server.fetch },
        { provide: LEAVE_PAGE, useValue: (url: string) => left.push(url) },
        { provide: TabChannel, useValue: { heard, tell: (news: TabNews) => told.push(news) } },
      ],
    });
    session = TestBed.inject(CurrentSession);
  });

  it('asks once who is there, however many want to know', async () => {
    await Promise.all([session.ready(), session.ready()]);
    await session.ready();
    expect(server.requests).toHaveLength(1);
    expect(session.user()).toEqual(ADA);
    expect(session.isAdministrator()).toBe(true);
  });

  it('asks again after a failure', async () => {
    server.once('GET /auth/session', offline);
    await expect(session.ready()).rejects.toMatchObject({ code: 'network_error' });
    await expect(session.ready()).resolves.toEqual(STATE);
  });

  it('signs in, tells the other tabs, and lets go on what waited', async () => {
    server.on('GET /auth/session', { json: { ...STATE, user: null } }).on('POST /auth/sign-in', { json: BEN });
    await session.ready();
    const opened = jest.spyOn(TestBed.inject(SessionGate), 'open');
    await session.signIn({ email: 'ben@echo.test', password: 'correct horse' });
    expect(session.user()).toEqual(BEN);
    expect(session.isAdministrator()).toBe(false);
    expect(told).toEqual([{ kind: 'session', user: 'u-2' }]);
    expect(opened).toHaveBeenCalled();
    expect(left).toEqual([]);
  });

  it('begins anew when another person signs in over the page', async () => {
    server.on('POST /auth/sign-in', { json: BEN });
    await session.ready();
    const opened = jest.spyOn(TestBed.inject(SessionGate), 'open');
    await session.signIn({ email: 'ben@echo.test', password: 'correct horse' });
    expect(left).toEqual(['/']);
    expect(opened).not.toHaveBeenCalled();
  });

  it('stays as it was when the sign-in is refused', async () => {
    server.on('POST /auth/sign-in', problemAnswer('sign_in_failed'));
    await session.ready();
    await expect(session.signIn({ email: 'a', password: 'b' })).rejects.toMatchObject({ code: 'sign_in_failed' });
    expect(told).toEqual([]);
  });

  it('signs out, leaves nothing of the person in the browser, and goes where single sign-on ends', async () => {
    server.on('POST /auth/sign-out', { json: { redirect_url: 'https://id.test/end' } });
    await session.ready();
    TestBed.inject(Drafts).write(7, 'A secret');
    localStorage.setItem('echo.models', '{}');
    localStorage.setItem('other.app', 'stays');
    await session.signOut();
    expect(sessionStorage).toHaveLength(0);
    expect(Object.keys(localStorage)).toEqual(['other.app']);
    expect(told).toEqual([{ kind: 'session', user: null }]);
    expect(left).toEqual(['https://id.test/end']);
  });

  it('follows a sign-out in another tab', async () => {
    await session.ready();
    TestBed.inject(Drafts).write(7, 'A secret');
    heard.next({ kind: 'session', user: null });
    expect(sessionStorage).toHaveLength(0);
    expect(left).toEqual(['/sign-in']);
  });

  it('goes on when the same person signed in in another tab, and begins anew for another one', async () => {
    await session.ready();
    const opened = jest.spyOn(TestBed.inject(SessionGate), 'open');
    heard.next({ kind: 'session', user: 'u-1' });
    expect(opened).toHaveBeenCalledTimes(1);
    expect(left).toEqual([]);
    heard.next({ kind: 'session', user: 'u-2' });
    expect(left).toEqual(['/']);
  });

  it('keeps the drafts of two people apart, and those of a server without accounts as ever', async () => {
    const drafts = TestBed.inject(Drafts);
    drafts.write(undefined, 'of the only one');
    expect(sessionStorage.getItem('echo.draft.new')).toBe('of the only one');
    await session.ready();
    drafts.write(7, 'of Ada');
    session.update(BEN);
    expect(drafts.read(7)).toBe('');
    session.update(ADA);
    expect(drafts.read(7)).toBe('of Ada');
  });
});
