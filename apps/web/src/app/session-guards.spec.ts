import { provideLocationMocks } from '@angular/common/testing';
import { Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter, Router } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { type CurrentUser, type Role, type SessionState } from '@echo/contract';
import { ApiProblem, CurrentSession } from '@echo/web-chat-client';
import { signedIn } from './session-guards';
import { administrator, signedOut, withAccounts } from './lazy-guards';

@Component({ selector: 'echo-stand-in', template: '' })
class StandIn {}

const state = (more: Partial<SessionState> = {}): SessionState => ({
  auth: 'accounts',
  user: null,
  setup_needed: false,
  sign_up: false,
  password_sign_in: true,
  single_sign_on: null,
  plain_http: false,
  ...more,
});
const user = (role: Role): CurrentUser => ({ id: 'u-1', email: 'ada@echo.test', name: 'Ada', role });

describe('the guards', () => {
  let answer: Promise<SessionState>;

  beforeEach(() => {
    TestBed.configureTestingModule({
      providers: [
        provideLocationMocks(),
        provideRouter([
          { path: '', pathMatch: 'full', component: StandIn, canActivate: [signedIn] },
          { path: 'c/:id', component: StandIn, canActivate: [signedIn] },
          { path: 'sign-in', component: StandIn, canActivate: [signedOut] },
          { path: 'setup', component: StandIn },
          { path: 'settings/account', component: StandIn, canActivate: [withAccounts] },
          { path: 'settings/users', component: StandIn, canActivate: [administrator] },
          { path: 'settings/providers', component: StandIn },
        ]),
        { provide: CurrentSession, useValue: { ready: () => answer } },
      ],
    });
  });

  it.each([
    ['/', state(), '/sign-in'],
    ['/c/7?a=b', state(), '/sign-in?return_to=%2Fc%2F7%3Fa%3Db'],
    ['/c/7', state({ setup_needed: true }), '/setup?return_to=%2Fc%2F7'],
    ['/c/7', state({ user: user('user') }), '/c/7'],
    ['/c/7', state({ auth: 'none' }), '/c/7'],
    ['/sign-in', state(), '/sign-in'],
    ['/sign-in', state({ user: user('user') }), '/'],
    ['/sign-in', state({ auth: 'none' }), '/'],
    ['/settings/account', state({ auth: 'none' }), '/settings/providers'],
    ['/settings/users', state({ user: user('user') }), '/settings/account'],
    ['/settings/users', state({ user: user('administrator') }), '/settings/users'],
  ])('lead from %s (%j) to %s', async (address, session, there) => {
    answer = Promise.resolve(session);
    const harness = await RouterTestingHarness.create();
    await harness.navigateByUrl(address);
    expect(TestBed.inject(Router).url).toBe(there);
  });

  it('let the page tell by itself that the server is away', async () => {
    answer = Promise.reject(new ApiProblem('Away.', 503, 'storage_unavailable'));
    const harness = await RouterTestingHarness.create();
    await harness.navigateByUrl('/c/7');
    expect(TestBed.inject(Router).url).toBe('/c/7');
  });
});
