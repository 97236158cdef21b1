const SHOWN_NAMES = 8;
const SHOWN_CHARS = 80;

/** A request named a provider that is not configured. The message says which ones are. */
export class UnknownProviderError extends Error {
  override readonly name = 'UnknownProviderError';

  constructor(provider: string, known: readonly string[]) {
    super(`There is no provider "${short(provider)}". There ${known.length === 1 ? 'is' : 'are'}: ${enumerate(known)}.`);
  }
}

/** A request named a model that its provider does not have. The message says which ones it has. */
export class UnknownModelError extends Error {
  override readonly name = 'UnknownModelError';

  constructor(model: string, provider: string, known: readonly string[]) {
    super(`${provider} has no model "${short(model)}". ${known.length === 0 ? 'It lists none.' : `It has: ${enumerate(known)}.`}`);
  }
}

function enumerate(names: readonly string[]): string {
  const shown = names.slice(0, SHOWN_NAMES).map(short).join(', ');
  return names.length > SHOWN_NAMES ? `${shown} and ${names.length - SHOWN_NAMES} more` : shown;
}

function short(name: string): string {
  return name.length > SHOWN_CHARS ? `${name.slice(0, SHOWN_CHARS)}…` : name;
}
