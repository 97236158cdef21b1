import { secretsOf } from '../asking/access';
import { AskedModel } from '../asking/asked-model';
import { listed, readListing } from '../asking/read-listing';
import { type ModelRequest } from '../language-model';
import { type OptionalField } from '../asking/asking-style';
import { type ListedModel, type Wire } from '../registry/wire';
import { isRecord } from '../transport/json';
import { GenerateDecoder } from './generate-decoder';
import { generateCall, modelsCall, thinks } from './generate-request';

/** Models that generate, but no conversation. */
const NOT_FOR_CHAT = /embed|aqa|imagen|veo|-tts|image|-live|audio|robotics|computer-use|learnlm|lyria/i;
/** Where the provider could not be asked for its models. */
const USUAL_MODEL = 'gemini-flash-latest';

/** Gemini: generated content, streamed as server-sent events. */
export const geminiWire: Wire = {
  model(provider, name, transport) {
    const context = { provider: provider.name, secrets: secretsOf(provider) };
    return new AskedModel(
      provider,
      name,
      continues(provider),
      {
        framing: 'events',
        optional: (request) => optional(name, request),
        call: (request, style) => generateCall(provider, name, request, style),
        decoder: ({ maxOutputTokens }) => new GenerateDecoder({ ...context, maxOutputTokens }),
      },
      transport,
    );
  },
  continues,
  async listModels(provider, transport, signal) {
    const entries = await readListing(
      provider,
      transport,
      modelsCall(provider),
      (body) => (isRecord(body) ? body['models'] : undefined),
      signal,
    );
    return entries
      .filter(({ supportedGenerationMethods: methods }) => !Array.isArray(methods) || methods.includes('generateContent'))
      .flatMap((entry) =>
        listed(typeof entry['name'] === 'string' ? entry['name'].replace(/^models\//, '') : undefined, entry['inputTokenLimit']),
      );
  },
  isForChat: (model) => !NOT_FOR_CHAT.test(model),
  defaultModel: (_, models) => (models === null ? USUAL_MODEL : newestFlash(models)),
};

/** The API goes on from a last turn of the model. */
function continues({ continues }: { readonly continues?: boolean }): boolean {
  return continues ?? true;
}

function optional(model: string, { temperature }: ModelRequest): readonly OptionalField[] {
  return [...(thinks(model) ? (['reasoning'] as const) : []), ...(temperature === undefined ? [] : (['temperature'] as const))];
}

/** The list is in no order that says anything: of the released models of the middle size, the one with the highest number. */
function newestFlash(models: readonly ListedModel[]): string | undefined {
  const chat = models.map(({ id }) => id).filter((id) => !NOT_FOR_CHAT.test(id));
  const flash = chat.filter((id) => /^gemini-[\d.]+-flash$/.test(id)).sort((a, b) => b.localeCompare(a, 'en', { numeric: true }));
  return flash[0] ?? chat.find((id) => id === USUAL_MODEL) ?? chat[0];
}
