import { secretsOf } from '../asking/access';
import { AskedModel } from '../asking/asked-model';
import { optionalFields } from '../asking/asking-style';
import { type ProviderSettings } from '../provider-settings';
import { type HttpTransport } from '../transport/http-transport';
import { ChatDecoder } from './chat-decoder';
import { chatCall } from './chat-request';
import { continues } from './continuation';

/** A model behind `POST /chat/completions`. */
export function openAiChatModel(provider: ProviderSettings, model: string, transport: HttpTransport): AskedModel {
  const secrets = secretsOf(provider);
  return new AskedModel(
    provider,
    model,
    continues(provider),
    {
      framing: 'events',
      optional: (request) => optionalFields(request),
      call: (request, style) => chatCall(provider, model, request, style),
      decoder: ({ maxOutputTokens }) => new ChatDecoder({ provider: provider.name, secrets, maxOutputTokens }),
    },
    transport,
  );
}
