import { type UsageSum } from '@echo/contract';
import { refusal } from '@echo/web-forms/testing';
import { AdministrationRig, WITHOUT_ACCOUNTS } from '../testing/administration-rig';
import { UsagePage } from './usage-page';

const sum = (output_tokens: number, more: Partial<UsageSum> = {}): UsageSum => ({
  runs: 2,
  input_tokens: 1_000,
  output_tokens,
  cached_tokens: 0,
  reasoning_tokens: 0,
  estimated_runs: 0,
  unpriced_runs: 0,
  costs: [{ amount: 0.5, currency: 'USD' }],
  ...more,
});
const REPORT = {
  from: '2026-11-01',
  to: '2026-11-30',
  total: sum(300, { estimated_runs: 1, unpriced_runs: 2 }),
  days: [
    { day: '2026-11-02', ...sum(100) },
    { day: '2026-11-03', ...sum(200) },
  ],
  models: [{ provider: 'openai', model: 'gpt-4.1', ...sum(300) }],
};
const TEAM = {
  ...REPORT,
  users: [
    { user_id: 'u-2', name: 'Ben', email: 'ben@echo.test', ...sum(200) },
    { user_id: 'u-3', name: null, email: null, ...sum(100) },
  ],
};

describe('UsagePage', () => {
  let rig: AdministrationRig;

  beforeEach(() => {
    rig = new AdministrationRig();
    rig.api.on('GET /usage', { json: REPORT }).on('GET /admin/usage', { json: TEAM });
  });
  afterEach(() => rig.screen.leave());

  const open = () => rig.show(UsagePage, '/settings/usage');
  const rows = (label: string) =>
    [...rig.screen.root.querySelectorAll(`[aria-label="${label}"] tbody tr`)].map((row) =>
      [...row.children].map(({ textContent }) => textContent.trim()),
    );
  const choose = async (label: string, value: string) => {
    const select = rig.screen.root.querySelector<HTMLSelectElement>(`[aria-label="${label}"]`);
    if (select) select.value = value;
    select?.dispatchEvent(new Event('change'));
    await rig.screen.settle();
  };

  it('sums up one’s own, and says what is a guess and what is not counted', async () => {
    await open();
    expect(rig.screen.text).toContain('Cost at least $0.50'.replace(' ', ''));
    expect(rig.screen.text).toContain('The tokens of one answer are estimated');
    expect(rig.screen.text).toContain('There is no price for these models.');
    expect(rows('Usage by day').map(([day]) => day)).toEqual(['Nov 3, 2026', 'Nov 2, 2026']);
    expect(rows('Usage by model')).toEqual([['openai/gpt-4.1', '2', '1,000', '300', '$0.50']]);
    expect(rows('Usage by person')).toEqual([]);
  });

  it('asks for as many days as are wanted', async () => {
    await open();
    await choose('Days', '7');
    const { from, to } = Object.fromEntries(rig.api.calls.at(-1)?.search ?? []);
    expect(Date.parse(to ?? '') - Date.parse(from ?? '')).toBe(6 * 86_400_000);
  });

  it('shows administrators what everybody used, and one of them alone', async () => {
    await open();
    await choose('Whose', 'all');
    expect(rows('Usage by person').map(([name]) => name)).toEqual(['Ben', 'A deleted account']);
    await rig.screen.press('Ben');
    expect(rig.api.calls.at(-1)?.search.get('user')).toBe('u-2');
    expect(rows('Usage by person')).toEqual([]);
    await rig.screen.press('Only by Ben ×: show everybody');
    expect(rig.api.calls.at(-1)?.search.get('user')).toBeNull();
  });

  it('is one’s own alone for others, and where there are no accounts', async () => {
    await rig.show(UsagePage, '/settings/usage', { state: WITHOUT_ACCOUNTS });
    expect(rig.screen.root.querySelector('[aria-label="Whose"]')).toBeNull();
  });

  it('says that there was nothing, and what went wrong', async () => {
    rig.api.on('GET /usage', { json: { ...REPORT, total: sum(0, { runs: 0, costs: [] }), days: [], models: [] } });
    await open();
    expect(rig.screen.text).toContain('No answer was made in these days.');
    rig.api.on('GET /usage', refusal('storage_unavailable', { detail: 'The database is away.' }));
    await choose('Days', '90');
    expect(rig.screen.said('alert')).toContain('The database is away.');
  });
});
