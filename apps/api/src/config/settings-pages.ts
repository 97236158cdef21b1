import { type AskedSetting, Environment } from './environment';
import { readFrom } from './read-settings';
import { SETTING_GROUPS, type SettingWords } from './setting-words';

const EXAMPLE_HEAD = `# Every setting of EchoV2 with its default. Copy this file to .env, or set the variables in the environment, which wins.
# A secret can be read from a file: set NAME_FILE to its path instead of NAME.
# All are checked at start; whatever is wrong is named in one message. Made by \`npm run docs:settings\`; the same with more words: docs/settings.md
`;

const PAGE_HEAD = `# Settings

<!-- Made by \`npm run docs:settings\` from apps/api/src/config. Change that. -->

Settings come from the environment, or from a file \`.env\` in the folder in which the server is started; the environment wins. All are checked at start: whatever is wrong is named in one message, with what was expected, and the server does not start.
\`npm run doctor\` checks them without starting it, and what they lead to. A secret can be read from a file: set \`NAME_FILE\` to its path instead of \`NAME\`.
`;

/** What the readers ask for, told by asking them with nothing set. */
export function askedSettings(): ReadonlyMap<string, AskedSetting> {
  const environment = new Environment({});
  readFrom(environment, () => undefined);
  return environment.settings;
}

/** The text of `.env.example`. */
export function settingsExample(): string {
  const asked = askedSettings();
  const sections = SETTING_GROUPS.map(({ title, settings }) => {
    const lines = settings.map((setting) => {
      const what = settingOf(asked, setting.name);
      const notes = [what.kind === 'secret' ? `${setting.name}_FILE` : limitsOf(what), setting.unset ? `unset: ${setting.unset}` : ''];
      const note = notes.filter((each) => each !== '').join('; ');
      return `# ${setting.words}${note === '' ? '' : ` (${note})`}\n#${setting.name}=${setting.example ?? defaultOf(what)}\n`;
    });
    return `\n# --- ${title}\n${lines.join('')}`;
  });
  return `${EXAMPLE_HEAD}${sections.join('')}`;
}

/** The text of `docs/settings.md`. `image` is what the container image sets by itself. */
export function settingsPage(image: Readonly<Record<string, string>>): string {
  const asked = askedSettings();
  const sections = SETTING_GROUPS.map(({ title, settings }) => {
    const rows = settings.map((setting) => rowOf(setting, settingOf(asked, setting.name), image[setting.name]));
    return `\n## ${title}\n\n| name | unset | may be | what it does |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n`;
  });
  return `${PAGE_HEAD}${sections.join('')}`;
}

/** What the `ENV` lines of a Dockerfile set. */
export function imageSettings(dockerfile: string): Record<string, string> {
  const pairs = [...dockerfile.matchAll(/^ENV (.*)$/gm)].flatMap(([, line = '']) => line.split(/\s+/));
  return Object.fromEntries(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]));
}

function rowOf({ name, words, unset, example }: SettingWords, what: AskedSetting, inImage: string | undefined): string {
  const value = defaultOf(what);
  const otherwise = value === '' ? (unset ?? '') : `\`${value}\``;
  const holds = inImage === undefined || inImage === value ? otherwise : `${otherwise}; in the image \`${inImage}\``;
  const limits = what.kind === 'secret' ? `a secret, or \`${name}_FILE\`` : limitsOf(what) || 'text';
  const shown = example === undefined ? '' : ` Example: \`${example}\``;
  return `| ${[`\`${name}\``, holds, limits, `${words}${shown}`].map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function settingOf(asked: ReadonlyMap<string, AskedSetting>, name: string): AskedSetting {
  const what = asked.get(name);
  if (what === undefined) throw new Error(`Nothing reads the setting ${name}: take it out of setting-words.ts.`);
  return what;
}

function defaultOf({ kind, fallback }: AskedSetting): string {
  if (fallback === undefined) return '';
  if (kind === 'flag') return fallback === true ? 'on' : 'off';
  return kind === 'seconds' ? inUnits(Number(fallback)) : String(fallback);
}

function limitsOf({ kind, min = 0, max = 0, words = [] }: AskedSetting): string {
  switch (kind) {
    case 'integer':
      return `${min} to ${max}`;
    case 'seconds':
      return `seconds, or such as 15m, 1h: ${inUnits(min)} to ${inUnits(max)}`;
    case 'flag':
      return 'on or off';
    case 'choice':
      return words.join(', ');
    case 'url':
      return 'a URL';
    case 'text':
    case 'secret':
      return '';
  }
}

/** Whole hours and days are easier to read than their seconds. */
function inUnits(seconds: number): string {
  if (seconds >= 86_400 && seconds % 86_400 === 0) return `${seconds / 86_400}d`;
  return seconds >= 3_600 && seconds % 3_600 === 0 ? `${seconds / 3_600}h` : String(seconds);
}
