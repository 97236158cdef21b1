import { type ProviderSettings } from '../provider-settings';
import { type HttpTransport } from '../transport/http-transport';
import { type WireModel } from '../wire-model';

export interface ListedModel {
  readonly id: string;
  /** Tokens; null when the provider does not tell. */
  readonly contextLength: number | null;
}

/** A protocol: everything that differs between vendors. */
export interface Wire {
  model(provider: ProviderSettings, name: string, transport: HttpTransport): WireModel;
  /** Whether the model goes on from the beginning of an answer. */
  continues(provider: ProviderSettings, model: string): boolean;
  /** Asks the provider for its models. Throws a `ProviderError`; kind `not_found` when it does not list any. */
  listModels(provider: ProviderSettings, transport: HttpTransport, signal: AbortSignal): Promise<readonly ListedModel[]>;
  /** Whether a listed model is one to chat with. */
  isForChat(model: string): boolean;
  /** A good model where nobody named one; `listed` is null when the provider could not be asked. */
  defaultModel(provider: ProviderSettings, listed: readonly ListedModel[] | null): string | undefined;
}
