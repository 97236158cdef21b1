import { computed, signal } from '@angular/core';

export interface NamedText {
  readonly name: string;
  readonly value: string;
}

/** Texts by name whose stored values nobody sees: they stay as they are, or are given anew, all of them. */
export class SecretTexts {
  private readonly rows = signal<readonly NamedText[] | undefined>(undefined);

  /** What is given; undefined: what is stored stays. */
  readonly given = this.rows.asReadonly();
  readonly isChanged = computed(() => this.rows() !== undefined);

  constructor(
    /** The names that are stored. */
    readonly stored: readonly string[] = [],
  ) {}

  /** Begins anew: with the stored names where there are some, for their values to be given. */
  replace(): void {
    this.rows.set(this.stored.length === 0 ? [EMPTY] : this.stored.map((name) => ({ name, value: '' })));
  }

  add(): void {
    this.rows.update((rows = []) => [...rows, EMPTY]);
  }

  set(index: number, change: Partial<NamedText>): void {
    this.rows.update((rows) => rows?.map((row, place) => (place === index ? { ...row, ...change } : row)));
  }

  remove(index: number): void {
    this.rows.update((rows) => rows?.filter((_, place) => place !== index));
  }

  keep(): void {
    this.rows.set(undefined);
  }

  /** For a request: undefined where nothing changes, null where everything is taken away. */
  request(): Readonly<Record<string, string>> | null | undefined {
    const named = this.rows()?.filter(({ name }) => name.trim() !== '');
    if (named === undefined) return undefined;
    return named.length === 0 ? null : Object.fromEntries(named.map(({ name, value }) => [name.trim(), value]));
  }
}

const EMPTY: NamedText = { name: '', value: '' };
