import { TestBed } from '@angular/core/testing';
import { ApiClient, SessionGate } from '@echo/web-chat-client';
import { refusal } from '@echo/web-forms/testing';
import { AccountRig, ADA, sessionState } from '../testing/account-rig';
import { SignInAgain } from './sign-in-again';

const SINGLE_SIGN_ON = { name: 'Acme', url: '/api/auth/oidc' };

describe('SignInAgain', () => {
  let rig: AccountRig;

  beforeEach(async () => {
    rig = new AccountRig();
    await rig.open(SignInAgain, '/c/7', sessionState({ user: ADA, single_sign_on: SINGLE_SIGN_ON }));
  });
  afterEach(() => rig.screen.leave());

  it('lets go on what waited when the same person signs in', async () => {
    TestBed.inject(SessionGate).guard();
    rig.api.on('GET /models', refusal('session_ended')).on('POST /auth/sign-in', { json: ADA });
    const asked = TestBed.inject(ApiClient).get('/models');
    await rig.screen.settle();
    rig.api.on('GET /models', { json: { models: [] } });
    expect(rig.screen.field('E-mail address').value).toBe('ada@echo.test');
    expect(rig.screen.field('E-mail address').readOnly).toBe(true);
    await rig.screen.fill({ Password: 'correct horse' });
    await rig.screen.press('Sign in');
    await expect(asked).resolves.toEqual({ models: [] });
    expect(rig.left).toEqual([]);
  });

  it('has the password in focus, though the way of single sign-on stands before it', () => {
    // Only now is the page in the document.
    rig.screen.root.querySelector('dialog')?.close();
    expect(document.activeElement).toBe(rig.screen.field('Password'));
  });

  it('stays whatever key is pressed', () => {
    const dialog = rig.screen.root.querySelector('dialog');
    expect(dialog?.open).toBe(true);
    const cancel = new Event('cancel', { cancelable: true });
    dialog?.dispatchEvent(cancel);
    expect(cancel.defaultPrevented).toBe(true);
    dialog?.close();
    expect(dialog?.open).toBe(true);
  });

  it('comes back to this page after single sign-on', () => {
    expect(rig.screen.root.querySelector('a')?.getAttribute('href')).toBe('/api/auth/oidc?return_to=%2Fc%2F7');
  });

  it('leads who has no password to single sign-on alone', async () => {
    rig.screen.leave();
    TestBed.resetTestingModule();
    rig = new AccountRig();
    await rig.open(SignInAgain, '/c/7', sessionState({ user: ADA, single_sign_on: SINGLE_SIGN_ON, password_sign_in: false }));
    expect(rig.screen.root.querySelectorAll('input')).toHaveLength(0);
    rig.screen.root.querySelector('dialog')?.close();
    expect(rig.screen.root.querySelector('a')?.className).toContain('primary');
  });

  it('lets somebody else leave, with nothing left behind', async () => {
    sessionStorage.setItem('echo.draft.u-1.7', 'A secret');
    await rig.screen.press('Leave, and remove what was written');
    expect(sessionStorage).toHaveLength(0);
    expect(rig.left).toEqual(['/sign-in']);
  });
});
