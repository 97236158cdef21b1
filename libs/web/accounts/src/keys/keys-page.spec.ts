import { type ApiKey } from '@echo/contract';
import { refusal } from '@echo/web-forms/testing';
import { AccountRig, ADA, LATER, sessionState } from '../testing/account-rig';
import { KeysPage } from './keys-page';

const key = (id: string, name: string, more: Partial<ApiKey> = {}): ApiKey => ({
  id,
  name,
  prefix: `echo_live_${id}`,
  scopes: ['chat:read'],
  created_at: new Date().toISOString(),
  expires_at: LATER,
  last_used_at: null,
  ...more,
});

describe('KeysPage', () => {
  let rig: AccountRig;
  let keys: ApiKey[];

  beforeEach(() => {
    rig = new AccountRig();
    keys = [key('k1', 'Backup'), key('k2', 'Old', { expires_at: '2020-01-01T00:00:00.000Z' })];
    rig.api.on('GET /account/keys', () => ({ json: { keys } }));
  });
  afterEach(() => rig.screen.leave());

  it('makes a key, shows it once, and a request that works with what it may do', async () => {
    rig.api.on('POST /account/keys', ({ body }) => {
      const made = key('k3', String(body?.['name']), { scopes: ['chat:write'] });
      keys = [...keys, made];
      return { json: { ...made, key: 'echo_live_k3_s3cret' } };
    });
    const screen = await rig.open(KeysPage, '/settings/keys');
    await screen.fill({ Name: 'Robot' });
    await screen.choose('Works for', '30');
    await screen.press('Make the key');
    expect(rig.api.sent('POST /account/keys')).toEqual([
      { name: 'Robot', scopes: ['chat:read', 'chat:write', 'models:read'], expires_in_days: 30 },
    ]);
    const [shown, example] = [...screen.root.querySelectorAll('pre')].map((each) => each.textContent);
    expect(shown).toBe('echo_live_k3_s3cret');
    expect(example).toContain("curl http://localhost/api/chat \\\n  -H 'Authorization: Bearer echo_live_k3_s3cret'");
    expect(document.activeElement?.textContent).toBe('“Robot” is made');
    expect(screen.has('Revoke… Robot')).toBe(true);
    await screen.press('I have kept it');
    expect(screen.text).not.toContain('s3cret');
  });

  it('says at the field what is wrong with it', async () => {
    const errors = [
      { pointer: '/name', code: 'empty' as const, detail: 'Give the key a name.' },
      { pointer: '/scopes', code: 'empty' as const, detail: 'Choose what it may do.' },
    ];
    rig.api.on('POST /account/keys', refusal('empty', { errors }));
    const screen = await rig.open(KeysPage, '/settings/keys');
    await screen.press('Make the key');
    expect(screen.noteOf('Name')).toBe('Give the key a name.');
    expect(screen.text).toContain('Choose what it may do.');
    expect(document.activeElement).toBe(screen.field('Name'));
  });

  it('says when there are as many as there may be, and keeps what was filled in', async () => {
    const detail = 'You have 100 keys, as many as one person may. Revoke one that nothing uses any more.';
    rig.api.on('POST /account/keys', refusal('too_many_keys', { detail }));
    const screen = await rig.open(KeysPage, '/settings/keys');
    await screen.fill({ Name: 'One too many' });
    await screen.press('Make the key');
    expect(screen.said('alert')).toContain(detail);
    expect(screen.field('Name').value).toBe('One too many');
    expect(screen.has('Revoke… Backup')).toBe(true);
  });

  it('revokes a key after asking', async () => {
    rig.api.on('DELETE /account/keys/k1', { status: 204 });
    const screen = await rig.open(KeysPage, '/settings/keys');
    await screen.press('Revoke… Backup');
    await screen.press('Cancel');
    expect(rig.api.sent('DELETE /account/keys/k1')).toEqual([]);
    await screen.press('Revoke… Backup');
    await screen.press('Revoke');
    expect(rig.api.sent('DELETE /account/keys/k1')).toHaveLength(1);
    expect(screen.said('status')).toContain('“Backup” is revoked.');
    expect(screen.has('Revoke… Backup')).toBe(false);
    expect(document.activeElement?.textContent).toBe('Your keys');
  });

  it('tells what has expired, and what was never used', async () => {
    const screen = await rig.open(KeysPage, '/settings/keys');
    expect(screen.text).toContain('Old Expired');
    expect(screen.text).toContain('never used');
  });

  it('says that there are none, and offers administration to administrators alone', async () => {
    keys = [];
    const screen = await rig.open(KeysPage, '/settings/keys', sessionState({ user: { ...ADA, role: 'user' } }));
    expect(screen.text).toContain('No keys yet.');
    expect(screen.text).not.toContain('Administer');
  });
});
