import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSettings } from './read-settings';
import { SETTING_GROUPS } from './setting-words';
import { askedSettings, imageSettings, settingsExample, settingsPage } from './settings-pages';

const ROOT = join(__dirname, '../../../..');
const fileOf = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const described = SETTING_GROUPS.flatMap(({ settings }) => settings.map(({ name }) => name));

describe('the pages of settings', () => {
  it('describe exactly what the readers ask for, each once', () => {
    expect([...described].sort()).toEqual([...askedSettings().keys()].sort());
  });

  it('are what `npm run docs:settings` makes', () => {
    expect(fileOf('.env.example')).toBe(settingsExample());
    expect(fileOf('docs/settings.md')).toBe(settingsPage(imageSettings(fileOf('docker/Dockerfile'))));
  });

  it('say what each setting may be and what holds when it is unset', () => {
    const page = settingsPage({ ECHO_HOST: '0.0.0.0' });
    expect(page).toContain('| `PORT` | `3000` | 0 to 65535 |');
    expect(page).toContain('| `ECHO_HOST` | `127.0.0.1`; in the image `0.0.0.0` |');
    expect(page).toContain('| `ECHO_EVENT_RETENTION` | `1h` | seconds, or such as 15m, 1h: 1 to 30d |');
    expect(page).toContain('| `ECHO_PROMPT_GUARD` | `flag` | off, flag, block |');
    for (const row of page.matchAll(/^\| `.*$/gm)) expect(row[0].split(/(?<!\\)\|/).map((cell) => cell.trim())[2]).not.toBe('');
  });

  it('give examples that can be used as they stand', () => {
    const variables = Object.fromEntries(
      [...settingsExample().matchAll(/^#([A-Z_]+)=(.+)$/gm)].map(([, name = '', value = '']) => [name, value]),
    );
    expect(Object.keys(variables).length).toBeGreaterThan(25);
    const warnings: string[] = [];
    expect(() => readSettings({ ...variables, LAB_KEY: 'key' }, (line) => warnings.push(line))).not.toThrow();
    expect(warnings).toEqual([]);
  });
});
