import { type ProviderTest } from '@echo/contract';
import { ProviderError } from '../errors/provider-error';
import { type ConfiguredProvider } from './configured-provider';
import { UnknownModelError } from './unknown-name-errors';

/** Milliseconds for everything: a model of one's own may have to be loaded first. */
const PATIENCE_MS = 45_000;
const PROMPT = 'Say hello in one word.';
const SHOWN = { models: 100, chars: 100 };

/** Asks a provider for its models and for one word. Never throws for what is the provider's doing: that is what the test is about. */
export async function testProvider(provider: ConfiguredProvider, caller: AbortSignal): Promise<ProviderTest> {
  const signal = AbortSignal.any([caller, AbortSignal.timeout(PATIENCE_MS)]);
  const { models: listed, problems } = await provider.models();
  const models = listed.slice(0, SHOWN.models).map(({ id }) => id);
  let model: string | null = null;
  const outcome = (ok: boolean, message: string, answer: string | null = null, first_word_ms: number | null = null): ProviderTest => ({
    ok,
    message,
    model,
    answer,
    first_word_ms,
    models,
  });
  try {
    const resolved = await provider.resolve(undefined);
    model = resolved.model;
    const began = performance.now();
    for await (const part of resolved.languageModel.stream({ messages: [{ role: 'user', content: PROMPT }] }, signal)) {
      if (part.type !== 'text' && part.type !== 'reasoning') continue;
      const ms = Math.round(performance.now() - began);
      return outcome(true, `It works: ${model} began to answer after ${(ms / 1000).toFixed(1)} s.`, part.text.slice(0, SHOWN.chars), ms);
    }
    return outcome(false, `${model} ended its answer without a word. Choose another model of this provider.`);
  } catch (error) {
    if (error instanceof UnknownModelError) return outcome(false, error.message);
    if (!(error instanceof ProviderError)) throw error;
    return outcome(false, adviceFor(error, problems[0]?.problem));
  }
}

/** What an administrator can do about it. */
function adviceFor({ kind, status, message, logDetail }: ProviderError, listing: string | undefined): string {
  const code = status === undefined ? '' : ` (HTTP ${status})`;
  switch (kind) {
    case 'auth':
      return `The key was refused${code}. Copy it again from the provider’s page, whole and without spaces, and see that it may use the model.`;
    case 'quota':
      return `The key is right, but its account has nothing left${code}. Top it up at the provider.`;
    case 'not_found':
      return `The server answered, but not at this address, or it has no such model${code}. Check the end of the base URL (mostly /v1) and the model’s name.`;
    case 'network':
      return logDetail === 'EGRESS_REFUSED'
        ? 'This address is on this machine or its network. Tick “on this network” if that is meant; metadata services are refused in any case.'
        : `Nothing answered at this address${logDetail === undefined ? '' : ` (${logDetail})`}. Check host and port, whether the server runs, and the proxy.`;
    case 'protocol':
      return `Something answered${code}, but not as this protocol does. Check the base URL and the protocol.`;
    case 'timeout':
    case 'aborted':
      return 'No word came in time. The model may still be loading: try again, or set a longer time for its first word.';
    case 'rate_limit':
    case 'overloaded':
    case 'server':
    case 'bad_request':
    case 'context_length':
    case 'truncated':
    case 'filter':
      return `The server was reached, but did not answer${code}: ${message}${listing === undefined || listing === message ? '' : ` ${listing}`}`;
  }
}
