import { provideLocationMocks } from '@angular/common/testing';
import { type Type } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter, type Routes } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { type CurrentUser, type SessionState } from '@echo/contract';
import { CurrentSession, HTTP_FETCH, LEAVE_PAGE } from '@echo/web-chat-client';
import { FakeApi, Screen } from '@echo/web-forms/testing';

export const ADA: CurrentUser = { id: 'u-1', email: 'ada@echo.test', name: 'Ada', role: 'administrator' };
export const LATER = '2999-01-01T00:00:00.000Z';

export const sessionState = (more: Partial<SessionState> = {}): SessionState => ({
  auth: 'accounts',
  user: null,
  setup_needed: false,
  sign_up: false,
  password_sign_in: true,
  single_sign_on: null,
  plain_http: false,
  ...more,
});

/** A page at an address, before a server that the test plays. */
export class AccountRig {
  readonly api = new FakeApi();
  /** Where the page was left to. */
  readonly left: string[] = [];
  screen!: Screen;
  harness!: RouterTestingHarness;

  /** Opens `page` at `address`; everything else is an empty page of the application. */
  async open(page: Type<unknown>, address: string, state: SessionState = sessionState({ user: ADA })): Promise<Screen> {
    // jsdom has neither.
    HTMLDialogElement.prototype.showModal = function () {
      this.open = true;
    };
    HTMLDialogElement.prototype.close = function (value) {
      this.open = false;
      this.returnValue = value ?? '';
      this.dispatchEvent(new Event('close'));
    };
    this.api.on('GET /auth/session', { json: state });
    const routes: Routes = [
      { path: address.split(/[?#]/)[0]?.slice(1), component: page },
      { path: '**', children: [] },
    ];
    TestBed.configureTestingModule({
      providers: [
        provideLocationMocks(),
        provideRouter(routes),
        { provide: HTTP_FETCH, useValue: this.api.fetch },
        { provide: LEAVE_PAGE, useValue: (url: string) => this.left.push(url) },
      ],
    });
    await TestBed.inject(CurrentSession).ready();
    history.replaceState(null, '', address);
    this.harness = await RouterTestingHarness.create(address);
    this.screen = new Screen(this.harness.fixture);
    await this.screen.settle();
    return this.screen;
  }
}
