import { type Type } from '@angular/core';
import { type CurrentUser, type SessionState } from '@echo/contract';
import { LEAVE_PAGE } from '@echo/web-chat-client';
import { PageRig, type Screen } from '@echo/web-forms/testing';

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
  private readonly rig = new PageRig();
  readonly api = this.rig.api;
  /** Where the page was left to. */
  readonly left: string[] = [];

  get screen(): Screen {
    return this.rig.screen;
  }

  get harness(): PageRig['harness'] {
    return this.rig.harness;
  }

  /** Opens `page` at `address`; everything else is an empty page of the application. */
  open(page: Type<unknown>, address: string, state: SessionState = sessionState({ user: ADA })): Promise<Screen> {
    return this.rig.open(page, address, { state, providers: [{ provide: LEAVE_PAGE, useValue: (url: string) => this.left.push(url) }] });
  }
}
