import { type ProviderSetup, type ProviderWire } from '@echo/contract';

/** What each protocol is called. */
export const WIRE_WORDS: Readonly<Record<ProviderWire, string>> = {
  'openai-chat': 'OpenAI chat completions',
  'openai-responses': 'OpenAI responses',
  anthropic: 'Anthropic messages',
  gemini: 'Google Gemini',
  ollama: 'Ollama',
};

/** How a provider stands: a word for its badge, and what is to be known beside it. */
export interface Standing {
  readonly kind: 'ready' | 'trouble' | 'off';
  readonly badge: string;
  readonly words: string | undefined;
}

export function standingOf({ enabled, locked, state }: ProviderSetup): Standing {
  if (locked) {
    const words = 'Its key was sealed by another master key and cannot be opened. Edit it and give the key again.';
    return { kind: 'trouble', badge: 'Key cannot be opened', words };
  }
  if (!enabled) return { kind: 'off', badge: 'Off', words: undefined };
  if (state?.healthy) return { kind: 'ready', badge: 'Ready', words: undefined };
  return { kind: 'trouble', badge: 'Not usable now', words: state?.problem ?? 'Nothing is known of it yet. Test it.' };
}

/** `Anthropic messages · api.anthropic.com · key ends in f3a1 · claude-sonnet-5` */
export function describe(setup: ProviderSetup): string {
  const model = setup.default_model ?? setup.state?.default_model;
  return [WIRE_WORDS[setup.wire], hostOf(setup.base_url), keyWords(setup), ...(model ? [model] : [])].join(' · ');
}

function keyWords({ key_hint }: ProviderSetup): string {
  if (key_hint === null) return 'no key';
  return key_hint === '' ? 'with a key' : `key ends in ${key_hint}`;
}

/** Host and port of an address; the address as it is where it is none. */
export function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : address;
}

/** Where secrets may go that were given for an address. */
export function originOf(address: string): string {
  return URL.canParse(address) ? new URL(address).origin : address;
}
