import { Router } from '@angular/router';
import { TestBed } from '@angular/core/testing';
import { CurrentSession } from '@echo/web-chat-client';
import { refusal } from '@echo/web-forms/testing';
import { AccountRig, ADA, sessionState } from '../testing/account-rig';
import { SignInPage } from './sign-in-page';

describe('SignInPage', () => {
  let rig: AccountRig;

  beforeEach(() => (rig = new AccountRig()));
  afterEach(() => rig.screen.leave());

  const open = (more = {}, address = '/sign-in') => rig.open(SignInPage, address, sessionState(more));

  it('lets password managers fill in, and people paste and look', async () => {
    const screen = await open();
    expect(screen.field('E-mail address').autocomplete).toBe('username');
    expect(screen.field('Password').autocomplete).toBe('current-password');
    expect(screen.field('Password').type).toBe('password');
    await screen.press('Show Password');
    expect(screen.field('Password').type).toBe('text');
  });

  it('says why single sign-on led back, and nothing that an address made up', async () => {
    const told = await open({}, '/sign-in?problem=domain');
    expect(told.text).toContain('Ask an administrator.');
    told.leave();
    TestBed.resetTestingModule();
    rig = new AccountRig();
    expect((await open({}, '/sign-in?problem=made-up')).text).not.toContain('made-up');
  });

  it('signs in and goes where the person was going', async () => {
    rig.api.on('POST /auth/sign-in', { json: ADA });
    const screen = await open({}, '/sign-in?return_to=%2Fc%2F7');
    await screen.fill({ 'E-mail address': ' ada@echo.test ', Password: ' correct horse ' });
    await screen.press('Sign in');
    expect(rig.api.sent('POST /auth/sign-in')).toEqual([{ email: 'ada@echo.test', password: ' correct horse ' }]);
    expect(TestBed.inject(CurrentSession).user()).toEqual(ADA);
    expect(TestBed.inject(Router).url).toBe('/c/7');
  });

  it('never goes to another site', async () => {
    rig.api.on('POST /auth/sign-in', { json: ADA });
    const screen = await open({}, '/sign-in?return_to=%2F%2Fevil.test');
    await screen.press('Sign in');
    expect(TestBed.inject(Router).url).toBe('/');
  });

  it('says that something is wrong, not what', async () => {
    rig.api.on('POST /auth/sign-in', refusal('sign_in_failed'));
    const screen = await open();
    await screen.press('Sign in');
    expect(screen.said('alert')).toContain('E-mail address, password or code is wrong.');
  });

  it('says what is wrong with a field at the field, and leads there', async () => {
    const errors = [{ pointer: '/email', code: 'invalid_value' as const, detail: 'This is no e-mail address.' }];
    rig.api.on('POST /auth/sign-in', refusal('invalid_value', { errors }));
    const screen = await open();
    await screen.press('Sign in');
    expect(screen.noteOf('E-mail address')).toBe('This is no e-mail address.');
    expect(document.activeElement).toBe(screen.field('E-mail address'));
    expect(screen.said('alert')).toBe('');
  });

  it('asks for the code where a second factor is on, and takes a recovery code as well', async () => {
    rig.api.on('POST /auth/sign-in', ({ body }) =>
      body?.['code'] === undefined ? refusal('second_factor_required') : refusal('sign_in_failed'),
    );
    const screen = await open();
    await screen.fill({ 'E-mail address': 'ada@echo.test', Password: 'correct horse' });
    await screen.press('Sign in');
    expect(screen.field('Code').autocomplete).toBe('one-time-code');
    expect(document.activeElement).toBe(screen.field('Code'));
    await screen.fill({ Code: ' 123456 ' });
    await screen.press('Sign in');
    expect(screen.noteOf('Code')).toContain('is wrong');

    await screen.press('Use a recovery code');
    rig.api.on('POST /auth/sign-in', { json: ADA });
    await screen.fill({ 'Recovery code': 'abcd-efgh' });
    await screen.press('Sign in');
    expect(rig.api.sent('POST /auth/sign-in').at(-1)).toEqual({ email: 'ada@echo.test', password: 'correct horse', code: 'abcd-efgh' });
    expect(TestBed.inject(Router).url).toBe('/');
  });

  it('leads to single sign-on, and back to where the person was going', async () => {
    const screen = await open(
      { single_sign_on: { name: 'Acme', url: '/api/auth/oidc' }, password_sign_in: false },
      '/sign-in?return_to=%2Fc%2F7',
    );
    expect(screen.root.querySelector('a')?.textContent.trim()).toBe('Continue with Acme');
    expect(screen.root.querySelector('a')?.getAttribute('href')).toBe('/api/auth/oidc?return_to=%2Fc%2F7');
    expect(screen.has('Sign in')).toBe(false);
  });

  it.each([
    [{ plain_http: true }, 'This page came over plain HTTP'],
    [{ setup_needed: true }, 'Nobody has an account here yet'],
    [{ sign_up: true }, 'Make an account'],
  ])('says for %j: %s', async (more, words) => {
    const screen = await open();
    expect(screen.text).not.toContain(words);
    screen.leave();
    TestBed.resetTestingModule();
    rig = new AccountRig();
    expect((await open(more)).text).toContain(words);
  });
});
