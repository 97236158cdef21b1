import { answerFault } from '../errors/answer-fault';
import { providerFault } from '../errors/provider-fault';
import { type ProviderSettings } from '../provider-settings';
import { type ListedModel } from '../registry/wire';
import { type HttpCall, type HttpTransport } from '../transport/http-transport';
import { isRecord, type JsonRecord, parseJson } from '../transport/json';
import { retryAfterMs } from '../transport/retry-after';
import { secretsOf } from './access';

/** OpenRouter lists hundreds of models with their descriptions. */
const MAX_LISTING_CHARS = 8 * 1024 * 1024;
const MAX_NAME_CHARS = 200;

/**
 * The entries of a list of models. `read` finds them in the body, undefined when they are not there. Throws a `ProviderError`; kind `not_found` where
 * a server does not list.
 */
export async function readListing(
  provider: ProviderSettings,
  transport: HttpTransport,
  call: HttpCall,
  read: (body: unknown) => unknown,
  signal: AbortSignal,
): Promise<JsonRecord[]> {
  const { status, header, body } = await transport.send(call, signal);
  if (status >= 400) {
    const said = parseJson(await body.excerpt(65_536, 1_000));
    // A server without this path may say so in any way it likes.
    if (status === 404 || status === 405 || status === 501) throw providerFault('not_found', provider.name, { status });
    throw answerFault(provider.name, status, said, secretsOf(provider), retryAfterMs(header));
  }
  try {
    const entries = read(parseJson(await body.text(MAX_LISTING_CHARS)));
    if (!Array.isArray(entries)) throw providerFault('protocol', provider.name, { status, logDetail: 'the list of models is not one' });
    return entries.filter(isRecord);
  } finally {
    body.release();
  }
}

/** The model of this name, if it is one. */
export function listed(id: unknown, contextLength: unknown): ListedModel[] {
  if (typeof id !== 'string' || id === '' || id.length > MAX_NAME_CHARS) return [];
  const isLength = typeof contextLength === 'number' && Number.isInteger(contextLength) && contextLength > 0;
  return [{ id, contextLength: isLength ? contextLength : null }];
}
