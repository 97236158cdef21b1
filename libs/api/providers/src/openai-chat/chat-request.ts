import { bearer, endpoint, headersFor } from '../asking/access';
import { type AskingStyle } from '../asking/asking-style';
import { type ModelRequest } from '../language-model';
import { type ProviderSettings } from '../provider-settings';
import { type HttpCall } from '../transport/http-transport';
import { prefixFlag } from './continuation';

/** `POST {base}/chat/completions` */
export function chatCall(provider: ProviderSettings, model: string, request: ModelRequest, style: AskingStyle): HttpCall {
  const url = endpoint(provider, 'chat/completions');
  const sends = (field: AskingStyle['without'][number]): boolean => !style.without.includes(field);
  // OpenAI's reasoning models refuse the old name, which is the only one that most other servers know.
  const limit = url.hostname === 'api.openai.com' || !sends('max_tokens') ? 'max_completion_tokens' : 'max_tokens';
  const maxOutputTokens = style.maxOutputTokens ?? request.maxOutputTokens;
  return {
    provider: provider.name,
    method: 'POST',
    url,
    headers: {
      'content-type': 'application/json',
      accept: style.stream ? 'text/event-stream' : 'application/json',
      ...headersFor(provider, { authorization: bearer(provider) }),
    },
    body: JSON.stringify({
      model,
      messages: request.messages.map(({ role, content }, index) => ({
        role,
        content,
        ...(role === 'assistant' && index === request.messages.length - 1 ? prefixFlag(provider) : {}),
      })),
      stream: style.stream,
      stream_options: style.stream && sends('stream_options') ? { include_usage: true } : undefined,
      temperature: sends('temperature') ? request.temperature : undefined,
      [limit]: maxOutputTokens,
      stop: request.stop,
    }),
  };
}

/** `GET {base}/models` */
export function modelsCall(provider: ProviderSettings): HttpCall {
  return {
    provider: provider.name,
    method: 'GET',
    url: endpoint(provider, 'models'),
    headers: { accept: 'application/json', ...headersFor(provider, { authorization: bearer(provider) }) },
  };
}
