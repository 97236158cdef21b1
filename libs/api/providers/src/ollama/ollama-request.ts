import { bearer, endpoint, headersFor } from '../asking/access';
import { type AskingStyle } from '../asking/asking-style';
import { type ModelRequest } from '../language-model';
import { type ProviderSettings } from '../provider-settings';
import { type HttpCall } from '../transport/http-transport';

/** `POST {base}/api/chat` */
export function chatCall(
  provider: ProviderSettings,
  model: string,
  { messages, temperature, maxOutputTokens, stop }: ModelRequest,
  style: AskingStyle,
): HttpCall {
  return call(provider, 'POST', 'api/chat', {
    model,
    messages: messages.map(({ role, content }) => ({ role, content })),
    stream: style.stream,
    options: { temperature, num_predict: maxOutputTokens, stop },
  });
}

/** `GET {base}/api/tags` */
export function tagsCall(provider: ProviderSettings): HttpCall {
  return call(provider, 'GET', 'api/tags');
}

/** `POST {base}/api/show`: what is known of one model. */
export function showCall(provider: ProviderSettings, model: string): HttpCall {
  return call(provider, 'POST', 'api/show', { model });
}

function call(provider: ProviderSettings, method: 'GET' | 'POST', path: string, body?: object): HttpCall {
  return {
    provider: provider.name,
    method,
    // People know the address with /v1, where Ollama speaks the other protocol.
    url: endpoint({ ...provider, baseUrl: provider.baseUrl.replace(/\/(v1|api)\/*$/, '') }, path),
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      accept: 'application/json',
      ...headersFor(provider, { authorization: bearer(provider) }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  };
}
