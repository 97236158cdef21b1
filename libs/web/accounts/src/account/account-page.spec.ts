import { TestBed } from '@angular/core/testing';
import { type Account } from '@echo/contract';
import { CurrentSession } from '@echo/web-chat-client';
import { refusal } from '@echo/web-forms/testing';
import { AccountRig, ADA, LATER } from '../testing/account-rig';
import { AccountPage } from './account-page';

const NOW = new Date().toISOString();
const account = (more: Partial<Account> = {}): Account => ({
  ...ADA,
  has_password: true,
  second_factor: false,
  recovery_codes_left: 0,
  single_sign_on: false,
  created_at: NOW,
  ...more,
});
const session = (id: string, client: string, current = false) => ({
  id,
  current,
  client,
  ip: '10.0.0.7',
  created_at: NOW,
  last_used_at: NOW,
  expires_at: LATER,
});

describe('AccountPage', () => {
  let rig: AccountRig;

  beforeEach(() => {
    rig = new AccountRig();
    rig.api.on('GET /account', { json: account() });
    rig.api.on('GET /account/sessions', {
      json: { sessions: [session('s-1', 'Firefox on Linux', true), session('s-2', 'Safari on iPhone')] },
    });
  });
  afterEach(() => rig.screen.leave());

  const open = () => rig.open(AccountPage, '/settings/account');

  it('changes the name, also where it is shown elsewhere', async () => {
    rig.api.on('PATCH /account', ({ body }) => ({ json: account({ name: String(body?.['name']) }) }));
    const screen = await open();
    await screen.fill({ Name: ' Ada L. ' });
    await screen.press('Save the name');
    expect(rig.api.sent('PATCH /account')).toEqual([{ name: 'Ada L.' }]);
    expect(screen.said('status')).toContain('Your name is changed.');
    expect(TestBed.inject(CurrentSession).user()?.name).toBe('Ada L.');
  });

  it('changes the password, or says which field is wrong', async () => {
    rig.api.on('POST /account/password', refusal('wrong_password', { detail: 'This is not your password.' }));
    const screen = await open();
    expect(screen.field('New password').autocomplete).toBe('new-password');
    await screen.fill({ 'Current password': 'wrong', 'New password': 'correct horse battery' });
    await screen.press('Change the password');
    expect(screen.noteOf('Current password')).toBe('This is not your password.');
    expect(document.activeElement).toBe(screen.field('Current password'));

    rig.api.on('POST /account/password', { status: 204 });
    await screen.press('Change the password');
    expect(screen.said('status')).toContain('All your other sessions have ended.');
    expect(screen.field('New password').value).toBe('');
  });

  it('turns the second factor on: password, QR code, code, recovery codes shown once', async () => {
    const uri = 'otpauth://totp/EchoV2:ada@echo.test?secret=ABCDEFGHIJKLMNOP&issuer=EchoV2';
    rig.api.on('POST /account/second-factor', { json: { secret: 'ABCDEFGHIJKLMNOP', uri } });
    rig.api.on('POST /account/second-factor/confirm', ({ body }) =>
      body?.['code'] === '123456' ? { json: { recovery_codes: ['aaaa-1111', 'bbbb-2222'] } } : refusal('wrong_code'),
    );
    const screen = await open();
    await screen.press('Turn on…');
    expect(document.activeElement).toBe(screen.field('Your password'));
    await screen.fill({ 'Your password': 'correct horse' });
    await screen.press('Continue');
    expect(screen.text).toContain('ABCD EFGH IJKL MNOP');
    expect(screen.root.querySelector('svg[role="img"] path')?.getAttribute('d')).toMatch(/^M4 4h1v1h-1z/);
    await screen.fill({ 'Code of the app': '000000' });
    await screen.press('Turn on');
    expect(screen.noteOf('Code of the app')).toBe('The code is not right.');

    rig.api.on('GET /account', { json: account({ second_factor: true, recovery_codes_left: 2 }) });
    await screen.fill({ 'Code of the app': '123456' });
    await screen.press('Turn on');
    expect(screen.said('status')).toContain('The second factor is on.');
    expect(screen.root.querySelector('pre')?.textContent).toBe('aaaa-1111\nbbbb-2222');
    await screen.press('I have kept them');
    expect(screen.text).toContain('2 recovery codes are left');
    expect(screen.text).not.toContain('aaaa-1111');
  });

  it('makes new recovery codes, and turns the second factor off, by a code', async () => {
    rig.api.on('GET /account', { json: account({ second_factor: true, recovery_codes_left: 1 }) });
    rig.api.on('POST /account/recovery-codes', { json: { recovery_codes: ['cccc-3333'] } });
    rig.api.on('DELETE /account/second-factor', { status: 204 });
    const screen = await open();
    expect(screen.text).toContain('One recovery code is left');
    await screen.press('New recovery codes…');
    await screen.fill({ 'Code of the app': '123456' });
    await screen.press('Make new codes');
    expect(screen.root.querySelector('pre')?.textContent).toBe('cccc-3333');
    await screen.press('I have kept them');
    await screen.press('Turn off…');
    await screen.fill({ 'Code of the app': '654321' });
    rig.api.on('GET /account', { json: account() });
    await screen.press('Turn off');
    expect(rig.api.sent('DELETE /account/second-factor')).toEqual([{ code: '654321' }]);
    expect(screen.said('status')).toContain('The second factor is off.');
    expect(screen.has('Turn on…')).toBe(true);
  });

  it('lists the sessions and ends one, or all others', async () => {
    rig.api.on('DELETE /account/sessions/s-2', { status: 204 }).on('DELETE /account/sessions', { status: 204 });
    const screen = await open();
    expect(screen.text).toContain('Firefox on Linux This one');
    expect(screen.has('End the session of Firefox on Linux')).toBe(false);
    await screen.press('End the session of Safari on iPhone');
    expect(screen.said('status')).toContain('The session of Safari on iPhone has ended.');
    expect(screen.has('End the session of Safari on iPhone')).toBe(false);
    expect(screen.has('End all others')).toBe(false);
  });

  it('deletes the account with the password, and leaves nothing here', async () => {
    rig.api.on('POST /account/delete', refusal('wrong_password'));
    const screen = await open();
    await screen.press('Delete my account…');
    await screen.fill({ 'Your password': 'wrong' });
    await screen.press('Delete for good');
    expect(screen.noteOf('Your password')).toBe('The password is not right.');
    expect(rig.left).toEqual([]);

    rig.api.on('POST /account/delete', { status: 204 });
    sessionStorage.setItem('echo.draft.u-1.7', 'A secret');
    await screen.fill({ 'Your password': 'correct horse' });
    await screen.press('Delete for good');
    expect(rig.api.sent('POST /account/delete').at(-1)).toEqual({ confirm: 'correct horse' });
    expect(sessionStorage).toHaveLength(0);
    expect(rig.left).toEqual(['/sign-in']);
  });

  it('leaves password and second factor to single sign-on where that is the only way in', async () => {
    rig.api.on('GET /account', { json: account({ has_password: false, single_sign_on: true }) });
    const screen = await open();
    expect(screen.text).toContain('You come in by single sign-on');
    expect(screen.has('Change the password')).toBe(false);
    await screen.press('Delete my account…');
    expect(screen.field('Your e-mail address').type).toBe('email');
  });

  it('offers another try when the account cannot be read', async () => {
    rig.api.on('GET /account', refusal('storage_unavailable'));
    const screen = await open();
    expect(screen.said('alert')).toContain('The database is not available.');
    rig.api.on('GET /account', { json: account() });
    await screen.press('Try again');
    expect(screen.field('Name').value).toBe('Ada');
  });
});
