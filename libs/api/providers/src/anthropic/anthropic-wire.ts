import { secretsOf } from '../asking/access';
import { AskedModel } from '../asking/asked-model';
import { listed, readListing } from '../asking/read-listing';
import { type Wire } from '../registry/wire';
import { isRecord } from '../transport/json';
import { continues } from './claude-models';
import { MessagesDecoder } from './messages-decoder';
import { messagesCall, modelsCall, unsentSpace } from './messages-request';

/** Where the provider could not be asked for its models. */
const USUAL_MODEL = 'claude-sonnet-4-5';

/** Anthropic messages. */
export const anthropicWire: Wire = {
  model(provider, name, transport) {
    const context = { provider: provider.name, secrets: secretsOf(provider) };
    return new AskedModel(
      provider,
      name,
      continues(provider, name),
      {
        framing: 'events',
        optional: ({ temperature }) => (temperature === undefined ? [] : ['temperature']),
        call: (request, style) => messagesCall(provider, name, request, style),
        decoder: (request) => new MessagesDecoder(context, unsentSpace(request)),
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
      (body) => (isRecord(body) ? body['data'] : undefined),
      signal,
    );
    return entries.filter((entry) => entry['lifecycle'] !== 'retired').flatMap((entry) => listed(entry['id'], entry['max_input_tokens']));
  },
  isForChat: () => true,
  // The list begins with the newest; of three sizes the middle one suits most.
  defaultModel: (_, models) => (models === null ? USUAL_MODEL : (models.find(({ id }) => id.includes('sonnet')) ?? models[0])?.id),
};
