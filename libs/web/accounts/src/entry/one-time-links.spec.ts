import { TestBed } from '@angular/core/testing';
import { Router } from '@angular/router';
import { refusal } from '@echo/web-forms/testing';
import { AccountRig, ADA, LATER, sessionState } from '../testing/account-rig';
import { InvitationPage } from './invitation-page';
import { ResetPasswordPage } from './reset-password-page';
import { SetupPage } from './setup-page';
import { SignUpPage } from './sign-up-page';

describe('the pages of one-time links', () => {
  let rig: AccountRig;

  beforeEach(() => (rig = new AccountRig()));
  afterEach(() => rig.screen.leave());

  const address = () => location.pathname + location.search + location.hash;
  const PERSON = { 'E-mail address': 'ada@echo.test', 'Your name': 'Ada', Password: 'correct horse battery' };

  it('set up with the token of the fragment, which leaves the address bar on arrival', async () => {
    rig.api.on('POST /auth/setup', { json: ADA });
    const screen = await rig.open(SetupPage, '/setup?return_to=%2Fc%2F7#token=s3cret', sessionState({ setup_needed: true }));
    expect(address()).toBe('/setup?return_to=%2Fc%2F7');
    await screen.fill(PERSON);
    await screen.press('Set up');
    expect(rig.api.sent('POST /auth/setup')).toEqual([
      { token: 's3cret', email: 'ada@echo.test', name: 'Ada', password: 'correct horse battery' },
    ]);
    expect(TestBed.inject(Router).url).toBe('/c/7');
  });

  it('tell where the link of the first administrator is to be found', async () => {
    const screen = await rig.open(SetupPage, '/setup', sessionState({ setup_needed: true }));
    expect(screen.text).toContain('The server writes it to its log');
    expect(screen.has('Set up')).toBe(false);
  });

  it('say that there is nothing to set up any more', async () => {
    const screen = await rig.open(SetupPage, '/setup#token=old', sessionState());
    expect(screen.text).toContain('EchoV2 is set up already.');
    expect(screen.has('Sign in')).toBe(true);
  });

  it('tell the words of a password that is too easy to guess at its field', async () => {
    rig.api.on('POST /auth/setup', refusal('weak_password', { detail: 'This password is among the most common ones.' }));
    const screen = await rig.open(SetupPage, '/setup#token=s3cret', sessionState({ setup_needed: true }));
    await screen.fill({ Password: 'short' });
    expect(screen.noteOf('Password')).toBe('7 more characters are needed.');
    await screen.press('Set up');
    expect(screen.noteOf('Password')).toBe('This password is among the most common ones.');
    expect(document.activeElement).toBe(screen.field('Password'));
  });

  it('show what an invitation is for, and take it by the address that it is bound to', async () => {
    rig.api.on('POST /auth/invitation', { json: { email: 'ben@echo.test', role: 'administrator', invited_by: 'Ada', expires_at: LATER } });
    rig.api.on('POST /auth/invitation/accept', { json: { ...ADA, id: 'u-2' } });
    const screen = await rig.open(InvitationPage, '/invitation#token=t0ken', sessionState());
    expect(address()).toBe('/invitation');
    expect(screen.text).toContain('Ada invites you to EchoV2 as an administrator');
    expect(screen.field('E-mail address').readOnly).toBe(true);
    await screen.fill({ 'Your name': 'Ben', Password: 'correct horse battery' });
    await screen.press('Accept');
    expect(rig.api.sent('POST /auth/invitation/accept')).toEqual([
      { token: 't0ken', email: 'ben@echo.test', name: 'Ben', password: 'correct horse battery' },
    ]);
  });

  it('say that an invitation works no more', async () => {
    rig.api.on('POST /auth/invitation', refusal('link_expired', { detail: 'The link has ended. Ask for another one.' }));
    const screen = await rig.open(InvitationPage, '/invitation#token=old', sessionState());
    expect(screen.said('alert')).toContain('The link has ended. Ask for another one.');
    expect(screen.has('Try again')).toBe(false);
  });

  it('set a new password', async () => {
    rig.api.on('POST /auth/password-reset', { status: 204 });
    const screen = await rig.open(ResetPasswordPage, '/reset-password#token=r3set', sessionState());
    expect(address()).toBe('/reset-password');
    await screen.fill({ 'New password': 'correct horse battery' });
    screen.root.querySelector('form')?.requestSubmit();
    await screen.settle();
    expect(rig.api.sent('POST /auth/password-reset')).toEqual([{ token: 'r3set', password: 'correct horse battery' }]);
    expect(screen.said('status')).toContain('The new password is set');
    expect(screen.root.querySelector('a')?.getAttribute('href')).toBe('/sign-in');
  });

  it.each([
    [InvitationPage, '/invitation'],
    [ResetPasswordPage, '/reset-password#token='],
  ])('say that a link is not complete: %p', async (page, link) => {
    const screen = await rig.open(page, link, sessionState());
    expect(screen.text).toContain('This link is not complete.');
  });

  it('sign up where the server lets anybody, and else say how one comes in', async () => {
    rig.api.on('POST /auth/sign-up', refusal('email_taken', { detail: 'There is an account with this address. Sign in.' }));
    const screen = await rig.open(SignUpPage, '/sign-up', sessionState({ sign_up: true }));
    await screen.fill(PERSON);
    await screen.press('Sign up');
    expect(screen.noteOf('E-mail address')).toBe('There is an account with this address. Sign in.');
    screen.leave();
    TestBed.resetTestingModule();
    rig = new AccountRig();
    expect((await rig.open(SignUpPage, '/sign-up', sessionState())).text).toContain('Accounts are made by invitation here.');
  });
});
