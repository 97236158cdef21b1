import { type ProviderWire } from '@echo/contract';

/** What is known of a vendor or a kind of server, so that a key is all that is to be given. */
export interface Preset {
  readonly id: string;
  readonly name: string;
  readonly wire: ProviderWire;
  readonly baseUrl: string;
  /** Where one gets a key; absent: it needs none, or its operator gives one. */
  readonly keysAt?: string;
  /** Whether it is on this machine or its network. */
  readonly isPrivate?: boolean;
}

/** A server of which nothing is known. */
export const ANOTHER: Preset = { id: '', name: '', wire: 'openai-chat', baseUrl: '' };

export const PRESETS: readonly Preset[] = [
  { id: 'openai', name: 'OpenAI', wire: 'openai-chat', baseUrl: 'https://api.openai.com/v1', keysAt: 'platform.openai.com/api-keys' },
  { id: 'anthropic', name: 'Anthropic', wire: 'anthropic', baseUrl: 'https://api.anthropic.com', keysAt: 'platform.claude.com' },
  {
    id: 'gemini',
    name: 'Google Gemini',
    wire: 'gemini',
    baseUrl: 'https://generativelanguage.googleapis.com',
    keysAt: 'aistudio.google.com/apikey',
  },
  { id: 'ollama', name: 'Ollama', wire: 'ollama', baseUrl: 'http://127.0.0.1:11434', isPrivate: true },
  { id: 'mistral', name: 'Mistral', wire: 'openai-chat', baseUrl: 'https://api.mistral.ai/v1', keysAt: 'console.mistral.ai' },
  { id: 'groq', name: 'Groq', wire: 'openai-chat', baseUrl: 'https://api.groq.com/openai/v1', keysAt: 'console.groq.com/keys' },
  { id: 'xai', name: 'xAI', wire: 'openai-chat', baseUrl: 'https://api.x.ai/v1', keysAt: 'console.x.ai' },
  { id: 'deepseek', name: 'DeepSeek', wire: 'openai-chat', baseUrl: 'https://api.deepseek.com/v1', keysAt: 'platform.deepseek.com' },
  { id: 'openrouter', name: 'OpenRouter', wire: 'openai-chat', baseUrl: 'https://openrouter.ai/api/v1', keysAt: 'openrouter.ai/keys' },
];

/** An id made of a name: what may stand in one, as long as one may be. */
export function idOf(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, '-')
    .replace(/^[-_]+|-+$/g, '')
    .slice(0, 63);
}

/** The id, or it with the first number that makes it one of its own. */
export function freeId(id: string, taken: readonly string[]): string {
  if (id === '' || !taken.includes(id)) return id;
  for (let number = 2; ; number++) if (!taken.includes(`${id}-${number}`)) return `${id}-${number}`;
}
