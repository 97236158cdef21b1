import { type ModelRequest } from '../language-model';
import { type ProviderSettings } from '../provider-settings';
import { type HttpCall } from '../transport/http-transport';
import { type AskingStyle } from './asking-style';
import { prefixFlag } from './continuation';

/** `POST {base}/chat/completions` */
export function chatCall(provider: ProviderSettings, model: string, request: ModelRequest, style: AskingStyle): HttpCall {
  const url = endpoint(provider, 'chat/completions');
  return {
    provider: provider.name,
    method: 'POST',
    url,
    headers: {
      'content-type': 'application/json',
      accept: style.stream ? 'text/event-stream' : 'application/json',
      ...accessHeaders(provider),
    },
    body: JSON.stringify({
      model,
      messages: request.messages.map(({ role, content }, index) => ({
        role,
        content,
        ...(role === 'assistant' && index === request.messages.length - 1 ? prefixFlag(provider) : {}),
      })),
      stream: style.stream,
      ...(style.stream && style.streamUsage ? { stream_options: { include_usage: true } } : {}),
      ...(request.temperature === undefined ? {} : { temperature: request.temperature }),
      // OpenAI's reasoning models refuse the old name, which is the only one that most other servers know.
      ...(request.maxOutputTokens === undefined
        ? {}
        : { [url.hostname === 'api.openai.com' ? 'max_completion_tokens' : 'max_tokens']: request.maxOutputTokens }),
      ...(request.stop === undefined ? {} : { stop: request.stop }),
    }),
  };
}

/** `GET {base}/models` */
export function modelsCall(provider: ProviderSettings): HttpCall {
  return {
    provider: provider.name,
    method: 'GET',
    url: endpoint(provider, 'models'),
    headers: { accept: 'application/json', ...accessHeaders(provider) },
  };
}

/** Everything that must not appear in a log. */
export function secretsOf(provider: ProviderSettings): readonly string[] {
  return [
    ...(provider.apiKey === undefined ? [] : [provider.apiKey]),
    ...Object.values(provider.headers ?? {}),
    ...Object.values(provider.query ?? {}),
  ];
}

function endpoint(provider: ProviderSettings, path: string): URL {
  const url = new URL(provider.baseUrl);
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/${path}`;
  for (const [name, value] of Object.entries(provider.query ?? {})) url.searchParams.set(name, value);
  return url;
}

function accessHeaders(provider: ProviderSettings): Record<string, string> {
  const own = Object.fromEntries(Object.entries(provider.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
  return provider.apiKey === undefined || provider.apiKey === '' ? own : { authorization: `Bearer ${provider.apiKey}`, ...own };
}
