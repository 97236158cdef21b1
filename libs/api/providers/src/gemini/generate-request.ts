import { headersFor, versionedEndpoint } from '../asking/access';
import { type AskingStyle } from '../asking/asking-style';
import { turnsOf } from '../asking/turns';
import { type ModelRequest } from '../language-model';
import { type ProviderSettings } from '../provider-settings';
import { type HttpCall } from '../transport/http-transport';

/** `POST {base}/v1beta/models/{model}:streamGenerateContent?alt=sse` */
export function generateCall(provider: ProviderSettings, model: string, request: ModelRequest, style: AskingStyle): HttpCall {
  const { system, turns } = turnsOf(request.messages);
  const path = model.includes('/') ? model : `models/${model}`;
  const url = versionedEndpoint(provider, 'v1beta', `${path}:${style.stream ? 'streamGenerateContent' : 'generateContent'}`);
  if (style.stream) url.searchParams.set('alt', 'sse');
  return {
    provider: provider.name,
    method: 'POST',
    url,
    headers: { 'content-type': 'application/json', accept: style.stream ? 'text/event-stream' : 'application/json', ...access(provider) },
    body: JSON.stringify({
      contents: turns.map(({ role, content }) => ({ role: role === 'assistant' ? 'model' : 'user', parts: [{ text: content }] })),
      systemInstruction: system === undefined ? undefined : { parts: [{ text: system }] },
      generationConfig: {
        temperature: style.without.includes('temperature') ? undefined : request.temperature,
        maxOutputTokens: style.maxOutputTokens ?? request.maxOutputTokens,
        stopSequences: request.stop,
        thinkingConfig: thinks(model) && !style.without.includes('reasoning') ? { includeThoughts: true } : undefined,
      },
    }),
  };
}

/** `GET {base}/v1beta/models` */
export function modelsCall(provider: ProviderSettings): HttpCall {
  const url = versionedEndpoint(provider, 'v1beta', 'models');
  url.searchParams.set('pageSize', '1000');
  return { provider: provider.name, method: 'GET', url, headers: { accept: 'application/json', ...access(provider) } };
}

/** Models before 2.5 refuse to be asked for their thoughts. */
export function thinks(model: string): boolean {
  return /gemini-(2\.5|[3-9]|\d\d)/.test(model);
}

function access(provider: ProviderSettings): Record<string, string> {
  return headersFor(provider, { 'x-goog-api-key': provider.apiKey });
}
