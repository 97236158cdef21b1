import { answerFault } from '../errors/answer-fault';
import { providerFault } from '../errors/provider-fault';
import { type ProviderSettings } from '../provider-settings';
import { type ListedModel } from '../registry/wire';
import { type HttpTransport } from '../transport/http-transport';
import { isRecord, parseJson, type JsonRecord } from '../transport/json';
import { retryAfterMs } from '../transport/retry-after';
import { modelsCall, secretsOf } from './chat-request';

/** OpenRouter lists hundreds of models with their descriptions. */
const MAX_LISTING_CHARS = 8 * 1024 * 1024;

/** `GET {base}/models`. Throws a `ProviderError`; kind `not_found` where a server does not list. */
export async function listOpenAiModels(provider: ProviderSettings, transport: HttpTransport, signal: AbortSignal): Promise<ListedModel[]> {
  const { status, header, body } = await transport.send(modelsCall(provider), signal);
  if (status >= 400) {
    const said = parseJson(await body.excerpt(65_536, 1_000));
    // A server without this path may say so in any way it likes.
    if (status === 404 || status === 405 || status === 501) throw providerFault('not_found', provider.name, { status });
    throw answerFault(provider.name, status, said, secretsOf(provider), retryAfterMs(header));
  }
  try {
    const models = readModels(parseJson(await body.text(MAX_LISTING_CHARS)));
    if (models === undefined) throw providerFault('protocol', provider.name, { status, logDetail: 'the list of models is not one' });
    return models;
  } finally {
    body.release();
  }
}

/** The models of `{data: [{id}]}` or of a bare array. llama-server adds a second list under `models`: it is not the standard one. */
export function readModels(body: unknown): ListedModel[] | undefined {
  const list = isRecord(body) ? body['data'] : body;
  if (!Array.isArray(list)) return undefined;
  return list.filter(isRecord).flatMap((entry) => {
    const id = entry['id'];
    return typeof id === 'string' && id !== '' && id.length <= 200 ? [{ id, contextLength: contextLength(entry) }] : [];
  });
}

/** Every vendor has its own name for it. */
function contextLength(entry: JsonRecord): number | null {
  const meta = entry['meta'];
  const candidates = [
    entry['context_length'],
    entry['context_window'],
    entry['max_model_len'],
    entry['max_context_length'],
    isRecord(meta) ? meta['n_ctx_train'] : undefined,
  ];
  const found = candidates.find((value) => typeof value === 'number' && Number.isInteger(value) && value > 0);
  return typeof found === 'number' ? found : null;
}
