import { type Model, type Provider } from '@echo/contract';

/** A model as the picker offers it. */
export interface ModelOption {
  /** `provider/model`. */
  readonly value: string;
  readonly label: string;
}

/** The models of one provider. Without options there is a `problem`. */
export interface ModelGroup {
  readonly label: string;
  readonly options: readonly ModelOption[];
  /** Why nothing of this provider can be chosen now. */
  readonly problem: string | undefined;
}

/** What the Guide is, in the words that stand wherever it is offered. */
export const GUIDE_NOTE = 'built-in, not an AI';

/** Sorts the models under their providers: those that work first, each with a reason where it cannot be chosen. */
export function modelGroups(
  providers: readonly Provider[],
  models: readonly Model[],
  problems: readonly { readonly provider: string; readonly problem: string }[],
): ModelGroup[] {
  const groups = providers.map((provider) => {
    const problem = problems.find((entry) => entry.provider === provider.id)?.problem ?? undefined;
    return groupOf(
      provider,
      models.filter((model) => model.provider === provider.id),
      problem,
    );
  });
  return [...groups.filter((group) => group.problem === undefined), ...groups.filter((group) => group.problem !== undefined)];
}

function groupOf(provider: Provider, models: readonly Model[], listProblem: string | undefined): ModelGroup {
  const label = provider.kind === 'guide' ? `${provider.name} (${GUIDE_NOTE})` : provider.name;
  if (!provider.healthy) return { label, options: [], problem: provider.problem ?? 'not available now' };
  const ids = models.map((model) => model.id);
  // A provider that cannot list its models may still have the one that the operator named.
  if (ids.length === 0 && provider.default_model !== null) ids.push(provider.default_model);
  if (ids.length === 0) return { label, options: [], problem: listProblem ?? 'it lists no models' };
  return { label, options: ids.map((id) => optionOf(provider, id)), problem: undefined };
}

function optionOf(provider: Provider, id: string): ModelOption {
  const value = `${provider.id}/${id}`;
  return { value, label: provider.kind === 'guide' ? provider.name : id };
}

/** The two halves of `provider/model`; a model's own name may hold slashes. */
export function splitChoice(choice: string): { provider: string; model: string } {
  const slash = choice.indexOf('/');
  return { provider: choice.slice(0, slash), model: choice.slice(slash + 1) };
}
