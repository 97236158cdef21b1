import { type ProviderSettings } from '../provider-settings';

/** Vendors that take a last message of the assistant for a turn that is over, and answer beside it. */
const STARTS_ANEW = ['api.openai.com', 'openai.azure.com', 'services.ai.azure.com', 'generativelanguage.googleapis.com'];
/** Vendors that want to be told that the last message is a beginning. */
const WANTS_PREFIX_FLAG = ['api.mistral.ai', 'api.deepseek.com'];

/** Whether the provider goes on from a last message of the assistant: the operator's word, else what is known of the host. Servers that people run themselves do. */
export function continues({ baseUrl, continues }: ProviderSettings): boolean {
  return continues ?? !isAt(baseUrl, STARTS_ANEW);
}

/** What the last message carries besides its text, where it is the beginning of the answer. */
export function prefixFlag({ baseUrl }: ProviderSettings): { readonly prefix?: true } {
  return isAt(baseUrl, WANTS_PREFIX_FLAG) ? { prefix: true } : {};
}

function isAt(baseUrl: string, hosts: readonly string[]): boolean {
  const { hostname } = new URL(baseUrl);
  return hosts.some((host) => hostname === host || hostname.endsWith(`.${host}`));
}
