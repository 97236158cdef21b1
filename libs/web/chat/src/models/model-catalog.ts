import { DestroyRef, Injectable, computed, inject, signal } from '@angular/core';
import { type Conversation, type ModelList, type ProviderList } from '@echo/contract';
import { ApiProblem, ModelsApi } from '@echo/web-chat-client';
import { BrowserMemory } from '../browser-memory';
import { modelGroups, splitChoice } from './model-groups';

/** Choices of so many conversations are remembered. */
const REMEMBERED = 200;

/** What can be chosen, and what was: for each conversation and for new chats. Provided by the page. */
@Injectable()
export class ModelCatalog {
  private readonly api = inject(ModelsApi);
  private readonly memory = inject(BrowserMemory);
  private readonly abort = new AbortController();
  private readonly providerList = signal<ProviderList | undefined>(undefined);
  private readonly modelList = signal<ModelList>({ models: [], problems: [] });
  private readonly loading = signal(true);
  private readonly failure = signal<string | undefined>(undefined);
  private readonly conversationId = signal<number | undefined>(undefined);
  private readonly conversation = signal<Conversation | undefined>(undefined);
  private readonly choices = signal<Readonly<Record<string, string>>>(this.recall());

  readonly providers = this.providerList.asReadonly();
  readonly isLoading = this.loading.asReadonly();
  readonly problem = this.failure.asReadonly();
  readonly groups = computed(() => {
    const { models, problems } = this.modelList();
    return modelGroups(this.providerList()?.providers ?? [], models, problems);
  });
  /** Whether nothing but the Guide can answer. */
  readonly isGuideOnly = computed(() => {
    const providers = this.providerList()?.providers ?? [];
    return providers.length > 0 && !providers.some((provider) => provider.kind === 'model' && provider.healthy);
  });
  /** `provider/model` of the next answer: chosen here, else what the conversation used, else chosen last, else the server's default. */
  readonly choice = computed(() => {
    const [id, conversation] = [this.conversationId(), this.conversation()];
    const chosen = id === undefined ? undefined : this.choices()[id];
    // A new chat, or one that has just begun and is not read yet.
    if (conversation === undefined) return chosen ?? this.usable(this.choices()['new']) ?? this.providerList()?.default_model;
    const { provider, model } = conversation;
    const used = provider !== null && model !== null ? `${provider}/${model}` : undefined;
    return chosen ?? used ?? this.providerList()?.default_model;
  });
  readonly isGuide = computed(() => {
    const choice = this.choice();
    const id = choice === undefined ? undefined : splitChoice(choice).provider;
    return this.providerList()?.providers.some((provider) => provider.id === id && provider.kind === 'guide') ?? false;
  });

  /** Those (`provider/model`) that cannot go on from the beginning of an answer. */
  readonly beginsAnew = computed<ReadonlySet<string>>(
    () =>
      new Set(
        this.modelList()
          .models.filter((model) => !model.continues)
          .map(({ provider, id }) => `${provider}/${id}`),
      ),
  );

  constructor() {
    inject(DestroyRef).onDestroy(() => this.abort.abort());
  }

  async load(): Promise<void> {
    // Read again, what is known stays in sight until there is more.
    const isKnown = this.providerList() !== undefined;
    this.loading.set(!isKnown);
    this.failure.set(undefined);
    const { signal } = this.abort;
    try {
      const [providers, models] = await Promise.all([this.api.providers(signal), this.api.models(signal)]);
      this.providerList.set(providers);
      this.modelList.set(models);
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof ApiProblem)) throw error;
      if (!isKnown) this.failure.set(error.message);
    } finally {
      this.loading.set(false);
    }
  }

  /** The conversation that `choice` is about, and what is known of it so far; without a number it is a new chat. */
  attend(conversationId: number | undefined, conversation?: Conversation): void {
    this.conversationId.set(conversationId);
    this.conversation.set(conversation);
  }

  choose(choice: string): void {
    const id = this.conversationId();
    // New chats start with what was chosen last, wherever that was.
    this.remember(id === undefined ? { new: choice } : { new: choice, [id]: choice });
  }

  /** Gives a conversation that has just begun the choice it was begun with. */
  settle(conversationId: number): void {
    const choice = this.choice();
    if (choice !== undefined) this.remember({ [conversationId]: choice });
  }

  private remember(change: Readonly<Record<string, string>>): void {
    const { new: latest, ...choices } = { ...this.choices(), ...change };
    // Numbered keys come in ascending order: the oldest conversations are forgotten first.
    const kept = Object.entries(choices).slice(-REMEMBERED);
    this.choices.set({ ...Object.fromEntries(kept), ...(latest === undefined ? {} : { new: latest }) });
    this.memory.write('models', JSON.stringify(this.choices()));
  }

  /** A choice for new chats, unless its provider is gone or ill. */
  private usable(choice: string | undefined): string | undefined {
    return this.groups().some((group) => group.options.some((option) => option.value === choice)) ? choice : undefined;
  }

  private recall(): Readonly<Record<string, string>> {
    try {
      const value: unknown = JSON.parse(this.memory.read('models') ?? '{}');
      if (typeof value !== 'object' || value === null) return {};
      return Object.fromEntries(Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
    } catch {
      // Another program wrote there: nothing is remembered.
      return {};
    }
  }
}
