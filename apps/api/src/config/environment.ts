import { readFileSync } from 'node:fs';

/** The variables of a process. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** Settings that cannot be used; names every wrong one. */
export class SettingsError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`These settings cannot be used:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
  }
}

/** Reads variables and gathers what is wrong with them, so that all of it can be told at once. */
export class Environment {
  readonly problems: string[] = [];
  private readonly asked = new Set<string>();

  constructor(private readonly variables: Variables) {}

  /** A text; undefined where the variable is unset or empty. */
  text(name: string): string | undefined {
    this.asked.add(name);
    return this.variables[name]?.trim() || undefined;
  }

  /** A secret: from the variable, or from the file that `NAME_FILE` names. */
  secret(name: string): string | undefined {
    const file = this.text(`${name}_FILE`);
    const value = this.text(name);
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
    const text = this.text(name);
    if (text === undefined) return fallback;
    const value = /^[0-9]{1,15}$/.test(text) ? Number(text) : NaN;
    return value >= min && value <= max
      ? value
      : (this.wrong(name, `must be a whole number from ${min} to ${max}, not "${text}"`) ?? fallback);
  }

  flag(name: string, fallback: boolean): boolean {
    const text = this.text(name)?.toLowerCase();
    if (text === undefined) return fallback;
    if (['on', 'true', '1', 'yes'].includes(text)) return true;
    if (['off', 'false', '0', 'no'].includes(text)) return false;
    return this.wrong(name, `must be on or off, not "${text}"`) ?? fallback;
  }

  /** One of a few words. */
  choice<Word extends string>(name: string, fallback: Word, words: readonly Word[]): Word {
    const text = this.text(name)?.toLowerCase();
    if (text === undefined) return fallback;
    return words.find((word) => word === text) ?? this.wrong(name, `must be one of ${words.join(', ')}, not "${text}"`) ?? fallback;
  }

  /** Seconds, as a number or with a unit: `90`, `15m`, `1h`. */
  seconds(name: string, fallback: number, min: number, max: number): number {
    const text = this.text(name);
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
    const text = this.text(name);
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
    return Object.keys(this.variables).filter((name) => name.startsWith('ECHO_') && !this.asked.has(name));
  }
}

/** The URL without a trailing slash; undefined when it is not one of `http` or `https`. */
export function httpUrl(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  return url.protocol === 'http:' || url.protocol === 'https:' ? text.replace(/\/+$/, '') : undefined;
}
