import { secretsOf } from '../asking/access';
import { AskedModel } from '../asking/asked-model';
import { type Wire } from '../registry/wire';
import { OllamaDecoder } from './ollama-decoder';
import { listOllamaModels } from './ollama-listing';
import { chatCall } from './ollama-request';

const NOT_FOR_CHAT = /embed|rerank|bge-|all-minilm/i;

/** Ollama's own protocol: lines of JSON. */
export const ollamaWire: Wire = {
  model(provider, name, transport) {
    const context = { provider: provider.name, secrets: secretsOf(provider) };
    return new AskedModel(
      provider,
      name,
      provider.continues ?? true,
      {
        framing: 'lines',
        optional: () => [],
        call: (request, style) => chatCall(provider, name, request, style),
        decoder: ({ maxOutputTokens }) => new OllamaDecoder({ ...context, maxOutputTokens }),
      },
      transport,
    );
  },
  continues: (provider) => provider.continues ?? true,
  listModels: listOllamaModels,
  isForChat: (model) => !NOT_FOR_CHAT.test(model),
  // The list begins with what was pulled last.
  defaultModel: (_, models) => models?.find(({ id }) => !NOT_FOR_CHAT.test(id))?.id,
};
