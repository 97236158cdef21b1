import { type Cost, type ModelList, type Provider, type Usage } from '@echo/contract';
import { type LanguageModel } from '../language-model';

/** A model that was asked for by name, or by none. */
export interface ResolvedModel {
  readonly provider: string;
  readonly model: string;
  readonly languageModel: LanguageModel;
  /** Tokens that it reads and writes together; null when nobody knows. */
  readonly contextLength: number | null;
  /** What so many tokens of it cost; null when nobody knows. `model`: the name that the provider gives the one which answered. */
  readonly cost: (usage: Usage, model?: string) => Cost | null;
}

/** Something that has models: a configured provider, or the Guide. */
export interface ModelSource {
  readonly id: string;
  readonly name: string;
  /** How it stands, as the picker shows it. */
  status(): Promise<Provider>;
  models(): Promise<ModelList>;
  /** Whether it is sure to have a model of this name. */
  has(model: string): Promise<boolean>;
  /** The model of this name, or its default one. Throws `UnknownModelError`. */
  resolve(model: string | undefined): Promise<ResolvedModel>;
}
