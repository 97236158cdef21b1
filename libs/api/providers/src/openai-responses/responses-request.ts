import { bearer, endpoint, headersFor } from '../asking/access';
import { type AskingStyle } from '../asking/asking-style';
import { type ModelRequest } from '../language-model';
import { type ProviderSettings } from '../provider-settings';
import { type HttpCall } from '../transport/http-transport';

/** `POST {base}/responses`. The protocol has no stop texts: the decoder looks for them. */
export function responsesCall(provider: ProviderSettings, model: string, request: ModelRequest, style: AskingStyle): HttpCall {
  const system = request.messages.filter(({ role }) => role === 'system').map(({ content }) => content);
  return {
    provider: provider.name,
    method: 'POST',
    url: endpoint(provider, 'responses'),
    headers: {
      'content-type': 'application/json',
      accept: style.stream ? 'text/event-stream' : 'application/json',
      ...headersFor(provider, { authorization: bearer(provider) }),
    },
    body: JSON.stringify({
      model,
      instructions: system.length === 0 ? undefined : system.join('\n\n'),
      input: request.messages.filter(({ role }) => role !== 'system').map(({ role, content }) => ({ role, content })),
      stream: style.stream,
      // The conversation is ours: nothing of it stays with the vendor.
      store: false,
      temperature: style.without.includes('temperature') ? undefined : request.temperature,
      max_output_tokens: style.maxOutputTokens ?? request.maxOutputTokens,
      reasoning: reasons(model) && !style.without.includes('reasoning') ? { summary: 'auto' } : undefined,
    }),
  };
}

/** OpenAI's models that think first, and say what about only when asked. */
export function reasons(model: string): boolean {
  return /^(openai\/)?(o\d|gpt-([5-9]|\d\d)(?!.*chat))/.test(model);
}
