import { type ModelRules } from '@echo/contract';

/** The name under which the rules are stored. */
export const MODEL_RULES = 'model_rules';

const NO_RULES: ModelRules = { default_model: null, fallbacks: {}, user_models: null };

/** What is stored, or what holds where nothing is. */
export function readRules(stored: unknown): ModelRules {
  // Only `ModelRulesController` writes it, and checks it before; an older one had fewer rules.
  return { ...NO_RULES, ...(stored as Partial<ModelRules> | undefined) };
}
