import { type User } from '@echo/contract';
import { refusal } from '@echo/web-forms/testing';
import { AccountRig, ADA, LATER } from '../testing/account-rig';
import { UsersPage } from './users-page';

const user = (id: string, name: string, more: Partial<User> = {}): User => ({
  id,
  name,
  email: `${name.toLowerCase()}@echo.test`,
  role: 'user',
  status: 'active',
  second_factor: false,
  single_sign_on: false,
  created_at: new Date().toISOString(),
  last_seen_at: null,
  ...more,
});
const ADMINISTRATOR = user(ADA.id, 'Ada', { role: 'administrator' });
const BEN = user('u-2', 'Ben', { second_factor: true });

describe('UsersPage', () => {
  let rig: AccountRig;

  beforeEach(async () => {
    rig = new AccountRig();
    rig.api.on('GET /admin/users', ({ search }) => {
      if (search.get('cursor') === 'next') return { json: { items: [user('u-3', 'Cyd')], next_cursor: null } };
      if (search.get('q') === 'nobody') return { json: { items: [], next_cursor: null } };
      return { json: { items: [ADMINISTRATOR, BEN], next_cursor: 'next' } };
    });
    rig.api.on('PATCH /admin/users/u-2', ({ body }) => ({ json: { ...BEN, ...body } }));
    await rig.open(UsersPage, '/settings/users');
  });
  afterEach(() => rig.screen.leave());

  it('lists everybody, page by page', async () => {
    expect(rig.screen.text).toContain('Ada YouAdministrator');
    await rig.screen.press('Show more');
    expect(rig.screen.has('Manage… Cyd')).toBe(true);
    expect(rig.screen.has('Manage… Ben')).toBe(true);
    expect(rig.screen.has('Show more')).toBe(false);
  });

  it('searches when typing rests', async () => {
    const search = rig.screen.root.querySelector<HTMLInputElement>('input[type="search"]');
    if (search) search.value = 'nobody';
    search?.dispatchEvent(new Event('input'));
    await new Promise((resolve) => setTimeout(resolve, 300));
    await rig.screen.settle();
    expect(rig.screen.text).toContain('Nobody found for “nobody”.');
  });

  it('makes an administrator', async () => {
    await rig.screen.press('Manage… Ben');
    await rig.screen.choose('Role', 'administrator');
    expect(rig.api.sent('PATCH /admin/users/u-2')).toEqual([{ role: 'administrator' }]);
    expect(rig.screen.said('status')).toContain('Ben is an administrator now.');
    await rig.screen.press('Close');
    expect(rig.screen.text).toContain('Ben Administrator');
  });

  it('shows the role that holds when the last administrator cannot go', async () => {
    rig.api.on('PATCH /admin/users/u-1', refusal('last_administrator'));
    await rig.screen.press('Manage… Ada');
    await rig.screen.choose('Role', 'user');
    expect(rig.screen.said('alert')).toContain('The last administrator must stay one.');
    expect(rig.screen.field('Role').value).toBe('administrator');
    expect(rig.screen.has('Delete…')).toBe(false);
    expect(rig.screen.has('Disable')).toBe(false);
  });

  it('disables and enables', async () => {
    await rig.screen.press('Manage… Ben');
    await rig.screen.press('Disable');
    expect(rig.screen.said('status')).toContain('Ben cannot come in any more');
    await rig.screen.press('Enable');
    expect(rig.api.sent('PATCH /admin/users/u-2')).toEqual([{ status: 'disabled' }, { status: 'active' }]);
  });

  it('makes a link for a new password, shown once', async () => {
    rig.api.on('POST /admin/users/u-2/password-reset', { json: { url: 'http://echo.test/reset-password#token=x', expires_at: LATER } });
    await rig.screen.press('Manage… Ben');
    await rig.screen.press('Make a link');
    expect(rig.screen.root.querySelector('pre')?.textContent).toBe('http://echo.test/reset-password#token=x');
    await rig.screen.press('Close');
    await rig.screen.press('Manage… Ben');
    expect(rig.screen.root.querySelector('pre')).toBeNull();
  });

  it('ends sessions, and the second factor after asking', async () => {
    rig.api.on('DELETE /admin/users/u-2/sessions', { status: 204 }).on('DELETE /admin/users/u-2/second-factor', { status: 204 });
    await rig.screen.press('Manage… Ben');
    await rig.screen.press('End all sessions');
    expect(rig.screen.said('status')).toContain('Ben is signed out everywhere.');
    await rig.screen.press('Turn off…');
    await rig.screen.press('Turn off');
    expect(rig.screen.said('status')).toContain('The second factor of Ben is off.');
    expect(rig.screen.has('Turn off…')).toBe(false);
  });

  it('deletes an account after asking', async () => {
    rig.api.on('DELETE /admin/users/u-2', { status: 204 });
    await rig.screen.press('Manage… Ben');
    await rig.screen.press('Delete…');
    await rig.screen.press('Delete for good');
    expect(rig.screen.said('status')).toContain('Ben is deleted.');
    expect(rig.screen.has('Manage… Ben')).toBe(false);
  });
});
