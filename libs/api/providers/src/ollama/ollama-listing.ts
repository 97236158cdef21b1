import { listed, readListing } from '../asking/read-listing';
import { ProviderError } from '../errors/provider-error';
import { type ProviderSettings } from '../provider-settings';
import { type ListedModel } from '../registry/wire';
import { type HttpTransport } from '../transport/http-transport';
import { isRecord, type JsonRecord, parseJson } from '../transport/json';
import { showCall, tagsCall } from './ollama-request';

/** So many models are asked about, and so many characters are read of what is said of one: it holds its whole template and licence. */
const SHOWN = { models: 40, chars: 4 * 1024 * 1024 };

/** `GET /api/tags`, and for each model its context length. Those that only embed are left out. Throws a `ProviderError`. */
export async function listOllamaModels(provider: ProviderSettings, transport: HttpTransport, signal: AbortSignal): Promise<ListedModel[]> {
  const entries = await readListing(
    provider,
    transport,
    tagsCall(provider),
    (body) => (isRecord(body) ? body['models'] : undefined),
    signal,
  );
  const models = entries.flatMap((entry) => listed(entry['name'] ?? entry['model'], null));
  const shown = await Promise.all(models.slice(0, SHOWN.models).map(({ id }) => show(provider, transport, id, signal)));
  return models.flatMap(({ id }, index) => {
    const about = shown[index];
    const can = about?.['capabilities'];
    return Array.isArray(can) && !can.includes('completion') ? [] : listed(id, about === undefined ? null : contextLength(about));
  });
}

/** What the server knows of one model; undefined when it does not say: the list is as good without. */
async function show(
  provider: ProviderSettings,
  transport: HttpTransport,
  model: string,
  signal: AbortSignal,
): Promise<JsonRecord | undefined> {
  try {
    const { status, body } = await transport.send(showCall(provider, model), signal);
    try {
      const about = status === 200 ? parseJson(await body.text(SHOWN.chars)) : undefined;
      return isRecord(about) ? about : undefined;
    } finally {
      body.release();
    }
  } catch (error) {
    if (error instanceof ProviderError && !signal.aborted) return undefined;
    throw error;
  }
}

/** What its file asks for, else what it was made with (`llama.context_length`). */
function contextLength({ parameters, model_info: info }: JsonRecord): unknown {
  const asked = typeof parameters === 'string' ? /^num_ctx\s+(\d+)/m.exec(parameters)?.[1] : undefined;
  if (asked !== undefined) return Number(asked);
  return isRecord(info) ? Object.entries(info).find(([name]) => name.endsWith('.context_length'))?.[1] : null;
}
