import { type ProviderEntity, ProviderStore } from '@echo/api-persistence';
import { ModelRegistry, type ProviderSettings, WIRES } from '@echo/api-providers';
import { Refusal, UnsealError } from '@echo/api-security';
import {
  type ChangedProvider,
  type CreateProviderRequest,
  type Provider,
  type ProviderSetup,
  type ProviderSetupList,
  type ProviderTest,
  type ProviderWire,
  type TestProviderRequest,
  type UpdateProviderRequest,
} from '@echo/contract';
import { Injectable } from '@nestjs/common';
import { SettingsWatch } from '../settings-watch';
import { checkDraft, PROVIDER_ID } from './check-draft';
import { changed, type Draft, draftOf, settingsOf } from './draft';
import { ProviderSecrets } from './provider-secrets';
import { fixedSetup, storedSetup } from './views';

const LOCKED = 'Its key was sealed by another master key and cannot be opened. Give the key again.';

/** The providers of this installation, as administrators see and change them. */
@Injectable()
export class ProviderDirectory {
  constructor(
    private readonly store: ProviderStore,
    private readonly secrets: ProviderSecrets,
    private readonly registry: ModelRegistry,
    private readonly watch: SettingsWatch,
  ) {}

  /** Those of the environment first. Takes at most about 3 s. */
  async list(): Promise<ProviderSetupList> {
    const [rows, states] = await Promise.all([this.store.list(), this.registry.states()]);
    const fixed = this.registry.fixed.map((provider) => fixedSetup(provider, states.get(provider.id) ?? null));
    return { providers: [...fixed, ...rows.map((row) => this.setupOf(row, states))], wires: Object.keys(WIRES) as ProviderWire[] };
  }

  async create(request: CreateProviderRequest): Promise<ProviderSetup> {
    const draft = draftOf(request);
    checkDraft(draft);
    const taken = this.isFixed(draft.id) || !(await this.store.insert(await this.secrets.seal(draft)));
    if (taken) throw new Refusal('provider_exists', `There is a provider ${draft.id} already. Choose another id, or change that one.`);
    return this.setup(draft.id);
  }

  async update(id: string, request: UpdateProviderRequest): Promise<ChangedProvider> {
    const { draft, secretsCleared } = changed(await this.draft(id), request);
    checkDraft(draft);
    if (!(await this.store.replace(await this.secrets.seal(draft)))) throw notFound(id);
    return { provider: await this.setup(id), secrets_cleared: secretsCleared };
  }

  async remove(id: string): Promise<void> {
    this.requireEditable(id);
    if (!(await this.store.delete(id))) throw notFound(id);
    await this.watch.load();
  }

  /** A provider that is not stored. */
  test(request: TestProviderRequest, signal: AbortSignal): Promise<ProviderTest> {
    const draft = draftOf({ ...request, id: 'new', name: 'The provider' });
    checkDraft(draft);
    return this.registry.test(settingsOf(draft), signal);
  }

  /** A stored one as it would be after a change; one of the environment as it is. */
  async testStored(id: string, request: UpdateProviderRequest, signal: AbortSignal): Promise<ProviderTest> {
    const fixed = this.registry.fixed.find((provider) => provider.id === id);
    return this.registry.test(fixed ?? (await this.changedSettings(id, request)), signal);
  }

  private async changedSettings(id: string, request: UpdateProviderRequest): Promise<ProviderSettings> {
    const { draft } = changed(await this.draft(id), request);
    checkDraft(draft);
    return settingsOf(draft);
  }

  /** What is stored, opened. Where the secrets cannot be opened they are taken for lost: new ones must be given. */
  private async draft(id: string): Promise<Draft> {
    this.requireEditable(id);
    const row = await this.store.find(id);
    if (!row) throw notFound(id);
    try {
      return this.secrets.open(row);
    } catch (error) {
      if (!(error instanceof UnsealError)) throw error;
      return this.secrets.open(withoutSecrets(row));
    }
  }

  private async setup(id: string): Promise<ProviderSetup> {
    await this.watch.load();
    const [row, states] = await Promise.all([this.store.find(id), this.registry.states()]);
    if (!row) throw notFound(id);
    return this.setupOf(row, states);
  }

  private setupOf(row: ProviderEntity, states: ReadonlyMap<string, Provider>): ProviderSetup {
    try {
      return storedSetup(row, this.secrets.open(row), states.get(row.id) ?? null);
    } catch (error) {
      if (!(error instanceof UnsealError)) throw error;
      const draft = this.secrets.open(withoutSecrets(row));
      return { ...storedSetup(row, draft, { healthy: false, problem: LOCKED, default_model: null }), locked: true };
    }
  }

  private isFixed(id: string): boolean {
    return this.registry.fixed.some((provider) => provider.id === id);
  }

  private requireEditable(id: string): void {
    if (!PROVIDER_ID.test(id)) throw notFound(id);
    if (this.isFixed(id))
      throw new Refusal('provider_not_editable', `The provider ${id} is set in the server’s environment. Change it there and restart.`);
  }
}

function withoutSecrets(row: ProviderEntity): ProviderEntity {
  return { ...row, apiKey: null, headers: null, query: null };
}

function notFound(id: string): Refusal {
  return new Refusal('provider_not_found', `There is no provider ${id.slice(0, 80)}.`);
}
