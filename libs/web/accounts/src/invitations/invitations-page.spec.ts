import { type Invitation } from '@echo/contract';
import { refusal } from '@echo/web-forms/testing';
import { AccountRig, LATER } from '../testing/account-rig';
import { InvitationsPage } from './invitations-page';

const invitation = (id: string, email: string | null): Invitation => ({
  id,
  email,
  role: 'user',
  invited_by: 'Ada',
  created_at: new Date().toISOString(),
  expires_at: LATER,
});

describe('InvitationsPage', () => {
  let rig: AccountRig;
  let invitations: Invitation[];

  beforeEach(async () => {
    rig = new AccountRig();
    invitations = [];
    rig.api.on('GET /admin/invitations', () => ({ json: { invitations } }));
    await rig.open(InvitationsPage, '/settings/invitations');
  });
  afterEach(() => rig.screen.leave());

  it('makes a link, shown once, and lists what is open', async () => {
    expect(rig.screen.text).toContain('No invitation is open.');
    rig.api.on('POST /admin/invitations', () => {
      invitations = [invitation('i-1', 'ben@echo.test')];
      return { json: { url: 'http://echo.test/invitation#token=x', expires_at: LATER } };
    });
    await rig.screen.fill({ 'E-mail address (optional)': 'ben@echo.test' });
    await rig.screen.choose('Role', 'administrator');
    await rig.screen.choose('Works for', '1');
    await rig.screen.press('Make the invitation');
    expect(rig.api.sent('POST /admin/invitations')).toEqual([{ email: 'ben@echo.test', role: 'administrator', expires_in_days: 1 }]);
    expect(rig.screen.root.querySelector('pre')?.textContent).toBe('http://echo.test/invitation#token=x');
    expect(rig.screen.text).toContain('ben@echo.test by Ada');
  });

  it('invites whoever has the link, when no address is given', async () => {
    rig.api.on('POST /admin/invitations', { json: { url: 'http://echo.test/invitation#token=x', expires_at: LATER } });
    await rig.screen.press('Make the invitation');
    expect(rig.api.sent('POST /admin/invitations')).toEqual([{ role: 'user', expires_in_days: 7 }]);
  });

  it('says at the field that there is an account already', async () => {
    rig.api.on('POST /admin/invitations', refusal('email_taken', { detail: 'Ben has an account.' }));
    await rig.screen.fill({ 'E-mail address (optional)': 'ben@echo.test' });
    await rig.screen.press('Make the invitation');
    expect(rig.screen.noteOf('E-mail address (optional)')).toBe('Ben has an account.');
  });

  it('revokes one after asking', async () => {
    invitations = [invitation('i-1', null)];
    rig.api.on('POST /admin/invitations', { json: { url: 'http://echo.test/x', expires_at: LATER } });
    rig.api.on('DELETE /admin/invitations/i-1', { status: 204 });
    await rig.screen.press('Make the invitation');
    await rig.screen.press('Revoke… the invitation of whoever has the link');
    await rig.screen.press('Revoke');
    expect(rig.screen.said('status')).toContain('The invitation is revoked.');
    expect(rig.screen.text).toContain('No invitation is open.');
  });
});
