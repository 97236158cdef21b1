import { headersFor, versionedEndpoint } from '../asking/access';
import { type AskingStyle } from '../asking/asking-style';
import { turnsOf } from '../asking/turns';
import { type ModelRequest } from '../language-model';
import { type ProviderSettings } from '../provider-settings';
import { type HttpCall } from '../transport/http-transport';
import { outputLimit } from './claude-models';

/** `POST {base}/v1/messages` */
export function messagesCall(provider: ProviderSettings, model: string, request: ModelRequest, style: AskingStyle): HttpCall {
  const { system, turns } = turnsOf(request.messages);
  const stops = request.stop?.filter((text) => text.trim() !== '');
  return {
    provider: provider.name,
    method: 'POST',
    url: versionedEndpoint(provider, 'v1', 'messages'),
    headers: { 'content-type': 'application/json', accept: style.stream ? 'text/event-stream' : 'application/json', ...access(provider) },
    body: JSON.stringify({
      model,
      max_tokens: style.maxOutputTokens ?? request.maxOutputTokens ?? outputLimit(model),
      system,
      // The beginning of an answer must not end with white space.
      messages: turns.map((turn, index) => (turn.role === 'assistant' && index === turns.length - 1 ? trimmed(turn) : turn)),
      stream: style.stream,
      // The other vendors' scale goes to 2.
      temperature:
        request.temperature === undefined || style.without.includes('temperature') ? undefined : Math.min(1, request.temperature),
      stop_sequences: stops?.length ? stops : undefined,
    }),
  };
}

/** `GET {base}/v1/models` */
export function modelsCall(provider: ProviderSettings): HttpCall {
  const url = versionedEndpoint(provider, 'v1', 'models');
  url.searchParams.set('limit', '1000');
  return { provider: provider.name, method: 'GET', url, headers: { accept: 'application/json', ...access(provider) } };
}

/** White space at the end of the answer's beginning, which is not sent: the model may begin with it again. */
export function unsentSpace({ messages }: ModelRequest): string {
  const last = messages.at(-1);
  return last?.role === 'assistant' ? last.content.slice(last.content.trimEnd().length) : '';
}

function trimmed<T extends { readonly content: string }>(turn: T): T {
  return { ...turn, content: turn.content.trimEnd() };
}

function access(provider: ProviderSettings): Record<string, string> {
  return headersFor(provider, { 'x-api-key': provider.apiKey, 'anthropic-version': '2023-06-01' });
}
