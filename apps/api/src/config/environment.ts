import { readFileSync } from 'node:fs';

/** The variables of a process. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** What a reader asked of a variable: how it is read, what it is when unset, and what it may be. */
export interface AskedSetting {
  readonly kind: 'text' | 'secret' | 'integer' | 'flag' | 'choice' | 'seconds' | 'url';
  readonly fallback?: string | number | boolean;
  readonly min?: number;
  readonly max?: number;
  readonly words?: readonly string[];
}

/** Settings that cannot be used; names every wrong one. */
export class SettingsError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`These settings cannot be used:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
  }
}

/** Reads variables and gathers what is wrong with them, so that all of it can be told at once. */
export class Environment {
  readonly problems: string[] = [];
  /** Everything that was asked for, by name, in the order of asking: `docs/settings.md` is made from it. */
  readonly settings = new Map<string, AskedSetting>();
  private readonly known = new Set<string>();

  constructor(private readonly variables: Variables) {}

  /** A text; `fallback` where the variable is unset or empty. */
  text(name: string): string | undefined;
  text(name: string, fallback: string): string;
  text(name: string, fallback?: string): string | undefined {
    this.settings.set(name, { kind: 'text', ...(fallback === undefined ? {} : { fallback }) });
    return this.read(name) ?? fallback;
  }

  /** A text under another spelling of a setting's name, which other programs use too. */
  alias(name: string): string | undefined {
    return this.read(name);
  }

  /** A secret: from the variable, or from the file that `NAME_FILE` names. */
  secret(name: string): string | undefined {
    this.settings.set(name, { kind: 'secret' });
    const file = this.read(`${name}_FILE`);
    const value = this.read(name);
    if (file === undefined) return value;
    if (value !== undefined) return this.wrong(`${name}_FILE`, `is set beside ${name}; set one of them`);
    try {
      return readFileSync(file, 'utf8').trim() || this.wrong(`${name}_FILE`, `names a file that is empty: ${file}`);
    } catch (error) {
      // The operator named a file that we cannot read; the reason is theirs to mend.
      return this.wrong(`${name}_FILE`, `names a file that cannot be read (${(error as NodeJS.ErrnoException).code ?? 'error'}): ${file}`);
    }
  }

  /** A whole number from `min` to `max`. */
  integer(name: string, fallback: number, min: number, max: number): number {
    this.settings.set(name, { kind: 'integer', fallback, min, max });
    const text = this.read(name);
    if (text === undefined) return fallback;
    const value = /^[0-9]{1,15}$/.test(text) ? Number(text) : NaN;
    return value >= min && value <= max
      ? value
      : (this.wrong(name, `must be a whole number from ${min} to ${max}, not "${text}"`) ?? fallback);
  }

  flag(name: string, fallback: boolean): boolean {
    this.settings.set(name, { kind: 'flag', fallback });
    const text = this.read(name)?.toLowerCase();
    if (text === undefined) return fallback;
    if (['on', 'true', '1', 'yes'].includes(text)) return true;
    if (['off', 'false', '0', 'no'].includes(text)) return false;
    return this.wrong(name, `must be on or off, not "${text}"`) ?? fallback;
  }

  /** One of a few words. */
  choice<Word extends string>(name: string, fallback: Word, words: readonly Word[]): Word {
    this.settings.set(name, { kind: 'choice', fallback, words });
    const text = this.read(name)?.toLowerCase();
    if (text === undefined) return fallback;
    return words.find((word) => word === text) ?? this.wrong(name, `must be one of ${words.join(', ')}, not "${text}"`) ?? fallback;
  }

  /** Seconds, as a number or with a unit: `90`, `15m`, `1h`. */
  seconds(name: string, fallback: number, min: number, max: number): number {
    this.settings.set(name, { kind: 'seconds', fallback, min, max });
    const text = this.read(name);
    if (text === undefined) return fallback;
    const match = /^([0-9]{1,9})\s*(s|m|h|d)?$/.exec(text);
    const unit = { s: 1, m: 60, h: 3600, d: 86_400 }[match?.[2] ?? 's'] ?? 1;
    const value = match ? Number(match[1]) * unit : NaN;
    return value >= min && value <= max
      ? value
      : (this.wrong(name, `must be a time from ${min} to ${max} seconds, such as 90, 15m or 1h, not "${text}"`) ?? fallback);
  }

  /** An `http` or `https` URL without a trailing slash. */
  url(name: string): string | undefined {
    this.settings.set(name, { kind: 'url' });
    const text = this.read(name);
    return text === undefined
      ? undefined
      : (httpUrl(text) ?? this.wrong(name, `must be a URL that begins with http:// or https://, not "${text}"`));
  }

  /** Notes a problem. Returns undefined, so that it can stand for the value. */
  wrong(name: string, what: string): undefined {
    this.problems.push(`${name} ${what}`);
    return undefined;
  }

  /** Variables with our prefix that nobody asked for: typing errors, most likely. */
  unknown(): string[] {
    return Object.keys(this.variables).filter((name) => name.startsWith('ECHO_') && !this.known.has(name));
  }

  private read(name: string): string | undefined {
    this.known.add(name);
    return this.variables[name]?.trim() || undefined;
  }
}

/** The URL without a trailing slash; undefined when it is not one of `http` or `https`. */
export function httpUrl(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  return url.protocol === 'http:' || url.protocol === 'https:' ? text.replace(/\/+$/, '') : undefined;
}
