import { secretsOf } from '../asking/access';
import { AskedModel } from '../asking/asked-model';
import { openAiChatWire } from '../openai-chat/openai-chat-wire';
import { type Wire } from '../registry/wire';
import { ResponsesDecoder } from './responses-decoder';
import { reasons, responsesCall } from './responses-request';

/** OpenAI responses. Its models are those of the chat wire, listed in the same place. */
export const openAiResponsesWire: Wire = {
  ...openAiChatWire,
  model(provider, name, transport) {
    const context = { provider: provider.name, secrets: secretsOf(provider) };
    return new AskedModel(
      provider,
      name,
      continues(provider),
      {
        framing: 'events',
        optional: ({ temperature }) => [
          ...(reasons(name) ? (['reasoning'] as const) : []),
          ...(temperature === undefined ? [] : (['temperature'] as const)),
        ],
        call: (request, style) => responsesCall(provider, name, request, style),
        decoder: ({ maxOutputTokens, stop }) => new ResponsesDecoder({ ...context, maxOutputTokens }, stop),
      },
      transport,
    );
  },
  continues,
};

/** A last message of the assistant is a turn that is over. */
function continues({ continues }: { readonly continues?: boolean }): boolean {
  return continues ?? false;
}
