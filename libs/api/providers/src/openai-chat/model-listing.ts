import { listed, readListing } from '../asking/read-listing';
import { type ProviderSettings } from '../provider-settings';
import { type ListedModel } from '../registry/wire';
import { type HttpTransport } from '../transport/http-transport';
import { isRecord, type JsonRecord } from '../transport/json';
import { modelsCall } from './chat-request';

/** `GET {base}/models`. Throws a `ProviderError`; kind `not_found` where a server does not list. */
export async function listOpenAiModels(provider: ProviderSettings, transport: HttpTransport, signal: AbortSignal): Promise<ListedModel[]> {
  const entries = await readListing(provider, transport, modelsCall(provider), entriesOf, signal);
  return entries.flatMap((entry) => listed(entry['id'], contextLength(entry)));
}

/** `{data: [{id}]}` or a bare array. llama-server adds a second list under `models`: it is not the standard one. */
function entriesOf(body: unknown): unknown {
  return isRecord(body) ? body['data'] : body;
}

/** Every vendor has its own name for it. */
function contextLength(entry: JsonRecord): unknown {
  const meta = entry['meta'];
  const candidates = [
    entry['context_length'],
    entry['context_window'],
    entry['max_model_len'],
    entry['max_context_length'],
    // llama-server was started with the one, and its model made for the other.
    ...(isRecord(meta) ? [meta['n_ctx'], meta['n_ctx_train']] : []),
  ];
  return candidates.find((value) => typeof value === 'number' && Number.isInteger(value) && value > 0);
}
