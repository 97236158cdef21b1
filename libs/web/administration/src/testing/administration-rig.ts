import { type Type } from '@angular/core';
import { type SessionState } from '@echo/contract';
import { PageRig, type PageRigOptions, type Screen } from '@echo/web-forms/testing';

const SESSION: SessionState = {
  auth: 'accounts',
  user: { id: 'u-1', email: 'ada@echo.test', name: 'Ada', role: 'administrator' },
  setup_needed: false,
  sign_up: false,
  password_sign_in: true,
  single_sign_on: null,
  plain_http: false,
};

/** A page of the settings, as an administrator has it open, before a server that the test plays. */
export class AdministrationRig extends PageRig {
  show(page: Type<unknown>, address: string, more: Partial<PageRigOptions> = {}): Promise<Screen> {
    return this.open(page, address, { state: SESSION, ...more });
  }
}

/** Of a server without accounts. */
export const WITHOUT_ACCOUNTS: SessionState = { ...SESSION, auth: 'none' };
