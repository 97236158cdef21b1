import { Component, computed, inject, input, output } from '@angular/core';
import { RouterLink } from '@angular/router';
import { type ProviderSetup, type ProviderTest, type ProviderWire } from '@echo/contract';
import { Attempt, type Fields, Outcome, TextField } from '@echo/web-forms';
import { AdvancedFields } from './advanced-fields';
import { ConnectionTest } from './connection-test';
import { type Preset } from './presets';
import { type ProviderFields, TIME_NAMES } from './provider-fields';
import { hostOf, WIRE_WORDS } from './provider-words';

/** The settings of one provider, new or stored, with a test of the connection before they are saved. */
@Component({
  selector: 'echo-provider-form',
  imports: [AdvancedFields, ConnectionTest, Outcome, RouterLink, TextField],
  providers: [Attempt],
  templateUrl: './provider-form.html',
  styleUrl: './provider-form.css',
})
export class ProviderForm {
  protected readonly attempt = inject(Attempt);

  readonly fields = input.required<ProviderFields>();
  /** The protocols that the server speaks. */
  readonly wires = input.required<readonly ProviderWire[]>();
  readonly test = input.required<(signal: AbortSignal) => Promise<ProviderTest>>();
  /** Stores it; rejects with `ApiProblem`. */
  readonly save = input.required<() => Promise<void>>();
  /** What is known of the vendor. */
  readonly preset = input<Preset>();

  readonly saved = output();

  protected readonly wireWords = WIRE_WORDS;
  protected readonly oldHost = computed(() => hostOf(this.fields().stored?.base_url ?? ''));
  protected readonly hasStoredKey = computed(() => (this.fields().stored?.key_hint ?? null) !== null);
  protected readonly keyHint = computed(() => {
    const { stored } = this.fields();
    if (stored === undefined) return this.keyHintOfNew();
    if (stored.locked)
      return 'The stored key was sealed by another master key and cannot be opened. Give it again, with headers and query if there were some.';
    if (stored.key_hint === null) return 'No key is stored.';
    return `A key is stored${stored.key_hint === '' ? '' : ` that ends in ${stored.key_hint}`}. Empty: it stays.`;
  });
  /** Whether more than the common settings is given, or wrong: then it is shown. */
  protected readonly isAdvanced = computed(() => {
    const { stored } = this.fields();
    const isGiven = stored !== undefined && Object.values(uncommon(stored)).some((value) => value !== null);
    return isGiven || ['/models', '/default_model', '/headers', '/query', '/times'].some((place) => this.errorAt(place) !== undefined);
  });
  /** Every place where something can be wrong. */
  protected readonly pointers = computed<Fields>(() => {
    const { models, headers, query } = this.fields();
    const below = (pointer: string, names: readonly (string | number)[]) => [
      pointer,
      ...names.map((name) => `${pointer}/${escapePointer(String(name))}`),
    ];
    const places = [
      ...['/name', '/wire', '/base_url', '/api_key', '/default_model'],
      ...below(
        '/models',
        models()
          .split('\n')
          .map((_, index) => index),
      ),
      ...below(
        '/headers',
        (headers.given() ?? []).map(({ name }) => name.trim()),
      ),
      ...below(
        '/query',
        (query.given() ?? []).map(({ name }) => name.trim()),
      ),
      ...below('/times', TIME_NAMES),
    ];
    return { ...Object.fromEntries(places.map((place) => [place, []])), '/id': ['provider_exists'] };
  });

  protected readonly errorAt = (pointer: string): string | undefined => {
    const [place] = Object.keys(this.pointers()).filter(
      (each) => (each === pointer || each.startsWith(`${pointer}/`)) && this.attempt.at(each),
    );
    if (place === undefined) return undefined;
    const name = place.slice(pointer.length + 1);
    return `${name === '' || pointer === '/models' ? '' : `${name}: `}${this.attempt.at(place)}`;
  };

  protected async submit(event: Event): Promise<void> {
    event.preventDefault();
    if (await this.attempt.run(() => this.save()(), { fields: this.pointers() })) this.saved.emit();
  }

  protected chooseWire(event: Event): void {
    this.fields().wire.set((event.target as HTMLSelectElement).value as ProviderWire);
  }

  protected tick(event: Event, field: 'isPrivate' | 'isKeyRemoved'): void {
    this.fields()[field].set((event.target as HTMLInputElement).checked);
  }

  private keyHintOfNew(): string {
    const keysAt = this.preset()?.keysAt;
    return keysAt === undefined
      ? 'Kept sealed, and never shown again. Empty where none is needed.'
      : `From ${keysAt}. Kept sealed, and never shown again.`;
  }
}

/** What few providers need: null where it is not given. */
function uncommon({
  models,
  default_model,
  continues,
  template_tokens,
  headers,
  query,
  times,
}: ProviderSetup): Readonly<Record<string, unknown>> {
  const tokens = template_tokens === 'as_typed' ? null : template_tokens;
  return { models, default_model, continues, tokens, ...times, headers: headers[0] ?? null, query: query[0] ?? null };
}

/** RFC 6901. */
function escapePointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
