import { type AuditEntry } from '@echo/contract';
import { refusal } from '@echo/web-forms/testing';
import { AccountRig } from '../testing/account-rig';
import { AuditPage } from './audit-page';

const entry = (id: number, more: Partial<AuditEntry> = {}): AuditEntry => ({
  id,
  at: '2026-11-22T10:00:00.000Z',
  actor_id: 'u-1',
  actor_name: 'Ada',
  action: 'session.create',
  target: null,
  result: 'ok',
  detail: null,
  ip: '10.0.0.7',
  via: 'session',
  request_id: 'r-1',
  ...more,
});

describe('AuditPage', () => {
  let rig: AccountRig;

  beforeEach(async () => {
    rig = new AccountRig();
    rig.api.on('GET /admin/audit', ({ search }) => {
      if (search.get('action') === 'none') return { json: { items: [], next_cursor: null } };
      if (search.get('cursor') === 'older')
        return { json: { items: [entry(1, { action: 'user.create', actor_id: null, actor_name: null })], next_cursor: null } };
      const refused = entry(2, {
        action: 'user.update',
        target: 'user:u-2',
        result: 'refused',
        detail: 'role user → administrator',
        via: 'key',
      });
      return { json: { items: [refused], next_cursor: 'older' } };
    });
    await rig.open(AuditPage, '/settings/audit');
  });
  afterEach(() => rig.screen.leave());

  const rows = () => [...rig.screen.root.querySelectorAll('tbody tr')].map((row) => row.textContent.replace(/\s+/g, ' ').trim());

  it('tells who did what to what, and from where', () => {
    expect(rows()).toEqual([expect.stringMatching(/Ada ?user\.update ?Refused ?role user → administrator ?user:u-2 ?10\.0\.0\.7, by key/)]);
  });

  it('goes on to what is older', async () => {
    await rig.screen.press('Show older');
    expect(rows()).toHaveLength(2);
    expect(rows()[1]).toContain('Nobody known');
    expect(rig.screen.has('Show older')).toBe(false);
  });

  it('filters by whole days where the person is', async () => {
    await rig.screen.fill({ Action: ' user.update ', From: '2026-11-01', Until: '2026-11-02' });
    await rig.screen.press('Filter');
    expect(Object.fromEntries(rig.api.calls.at(-1)?.search ?? [])).toEqual({
      action: 'user.update',
      from: new Date(2026, 10, 1).toISOString(),
      to: new Date(2026, 10, 3).toISOString(),
    });
  });

  it('shows only what one person did, and everything again', async () => {
    await rig.screen.press('Ada');
    expect(rig.api.calls.at(-1)?.search.get('actor')).toBe('u-1');
    await rig.screen.press('Only by Ada ×: show what others did, too');
    expect(rig.api.calls.at(-1)?.search.get('actor')).toBeNull();
  });

  it('exports all of it', () => {
    expect(rig.screen.root.querySelector('a[download]')?.getAttribute('href')).toBe('/api/admin/audit/export');
  });

  it('says that nothing matches, and what is wrong with a filter', async () => {
    await rig.screen.fill({ Action: 'none' });
    await rig.screen.press('Filter');
    expect(rig.screen.text).toContain('No entry matches.');
    const errors = [{ pointer: 'action', code: 'too_long' as const, detail: 'This is too long.' }];
    rig.api.on('GET /admin/audit', refusal('too_long', { errors }));
    await rig.screen.press('Filter');
    expect(rig.screen.noteOf('Action')).toBe('This is too long.');
  });
});
