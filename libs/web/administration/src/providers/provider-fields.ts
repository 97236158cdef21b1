import { computed, signal, type WritableSignal } from '@angular/core';
import {
  type CreateProviderRequest,
  type ProviderSetup,
  type ProviderTimes,
  type ProviderWire,
  type TestProviderRequest,
  type UpdateProviderRequest,
} from '@echo/contract';
import { freeId, idOf, type Preset } from './presets';
import { originOf } from './provider-words';
import { SecretTexts } from './secret-texts';

export type TimeName = keyof ProviderTimes;
export const TIME_NAMES: readonly TimeName[] = ['connect', 'first_content', 'idle', 'total'];

/** What stands in the form of a provider, as it is typed. */
export class ProviderFields {
  private readonly typedId: WritableSignal<string | undefined>;

  /** Made of the name until somebody types one. */
  readonly id = computed(() => this.typedId() ?? freeId(idOf(this.name()), this.taken));
  readonly name: WritableSignal<string>;
  readonly wire: WritableSignal<ProviderWire>;
  readonly baseUrl: WritableSignal<string>;
  readonly isPrivate: WritableSignal<boolean>;
  readonly apiKey = signal('');
  /** The stored key is to be taken away. */
  readonly isKeyRemoved = signal(false);
  /** One a line; none: whatever the provider lists. */
  readonly models: WritableSignal<string>;
  readonly defaultModel: WritableSignal<string>;
  readonly continues: WritableSignal<'' | 'yes' | 'no'>;
  /** Template tokens are broken in what is sent. */
  readonly breaksTokens: WritableSignal<boolean>;
  readonly headers: SecretTexts;
  readonly query: SecretTexts;
  /** Seconds. */
  readonly times: Readonly<Record<TimeName, WritableSignal<string>>>;

  /** Whether the secrets that are stored were given for another host than the one that is typed. */
  readonly isMoved = computed(() => {
    const { stored } = this;
    if (stored === undefined || originOf(this.baseUrl().trim()) === originOf(stored.base_url)) return false;
    return stored.key_hint !== null || stored.headers.length > 0 || stored.query.length > 0;
  });

  constructor(
    /** What is changed; undefined: a new one is made. */
    readonly stored?: ProviderSetup,
    /** Ids that others have. */
    private readonly taken: readonly string[] = [],
  ) {
    const time = (name: TimeName) => signal(String(stored?.times[name] ?? ''));
    this.typedId = signal(stored?.id);
    this.name = signal(stored?.name ?? '');
    this.wire = signal(stored?.wire ?? 'openai-chat');
    this.baseUrl = signal(stored?.base_url ?? '');
    this.isPrivate = signal(stored?.allow_private ?? false);
    this.models = signal((stored?.models ?? []).join('\n'));
    this.defaultModel = signal(stored?.default_model ?? '');
    this.continues = signal(yesOrNo(stored?.continues ?? null));
    this.breaksTokens = signal(stored?.template_tokens === 'escape');
    this.headers = new SecretTexts(stored?.headers);
    this.query = new SecretTexts(stored?.query);
    this.times = { connect: time('connect'), first_content: time('first_content'), idle: time('idle'), total: time('total') };
  }

  typeId(id: string): void {
    this.typedId.set(id);
  }

  take({ id, name, wire, baseUrl, isPrivate = false }: Preset): void {
    this.typedId.set(id === '' ? undefined : freeId(id, this.taken));
    this.name.set(name);
    this.wire.set(wire);
    this.baseUrl.set(baseUrl);
    this.isPrivate.set(isPrivate);
  }

  /** Of a new one. */
  create(): CreateProviderRequest {
    return { id: this.id().trim(), ...this.all() };
  }

  /** Of a new one that is not stored yet. */
  test(): TestProviderRequest {
    const { wire, base_url, api_key, models, default_model, headers, query, allow_private } = this.all();
    return { wire, base_url, api_key, models, default_model, headers, query, allow_private };
  }

  /** Of a stored one. */
  update(): UpdateProviderRequest {
    return this.all();
  }

  private all(): Omit<CreateProviderRequest, 'id'> {
    const continues = this.continues();
    return {
      name: this.name(),
      wire: this.wire(),
      base_url: this.baseUrl().trim(),
      api_key: this.isKeyRemoved() ? null : this.apiKey() || undefined,
      models: lines(this.models()),
      default_model: this.defaultModel().trim() || null,
      continues: continues === '' ? null : continues === 'yes',
      template_tokens: this.breaksTokens() ? 'escape' : 'as_typed',
      headers: this.headers.request(),
      query: this.query.request(),
      allow_private: this.isPrivate(),
      times: Object.fromEntries(TIME_NAMES.map((name) => [name, seconds(this.times[name]())])),
    };
  }
}

function yesOrNo(value: boolean | null): '' | 'yes' | 'no' {
  return value === null ? '' : value ? 'yes' : 'no';
}

/** null where nothing is written: then it holds what holds for all. */
function lines(text: string): readonly string[] | null {
  const names = text.split('\n').map((line) => line.trim());
  const named = [...new Set(names.filter((name) => name !== ''))];
  return named.length === 0 ? null : named;
}

function seconds(text: string): number | null {
  if (text.trim() === '') return null;
  const number = Number(text);
  // JSON knows no other number for what is none; the server says at the field what it wants.
  return Number.isFinite(number) ? number : -1;
}
