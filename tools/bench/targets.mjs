import { makeAgent } from './http-client.mjs';

/** The provider itself: the control of time. */
export function directTarget(providerUrl) {
  return {
    kind: 'direct',
    url: `${providerUrl}/v1/chat/completions`,
    liveUrl: `${providerUrl}/live`,
    agent: makeAgent(),
    requestFor: (prompt) => ({ method: 'POST', body: { model: 'bench', stream: true, messages: [{ role: 'user', content: prompt }] } }),
    textOf: ({ choices }) => choices[0]?.delta.content ?? '',
    isEnd: (data) => data === '[DONE]',
    idsAreWhole: (ids) => ids.length === 0,
  };
}

/** The same through the application. `fields`: what else each request says. */
export function throughTarget(appUrl, fields = {}) {
  return {
    ...echoWire('through', appUrl),
    url: `${appUrl}/api/chat`,
    requestFor: (prompt) => ({ method: 'POST', body: { prompt, stream: true, provider: 'bench', model: 'bench', ...fields } }),
    idsAreWhole: (ids) => ids.every((id, index) => id === index + 1),
  };
}

/** The same through the relay, which speaks as the application does: the control of CPU time. */
export function relayTarget(relayUrl) {
  return { ...throughTarget(relayUrl), kind: 'relay' };
}

/** An answer that is being made, read again after event `after`. A replay may merge its neighbours. */
export function resumeTarget(appUrl, runId, after) {
  return {
    ...echoWire('through', appUrl),
    url: `${appUrl}/api/runs/${runId}/events`,
    requestFor: () => ({ headers: { 'last-event-id': String(after) } }),
    idsAreWhole: (ids) => ids.every((id, index) => id > (ids[index - 1] ?? after)),
  };
}

function echoWire(kind, url) {
  return {
    kind,
    liveUrl: `${url}/api/health/live`,
    agent: makeAgent(),
    textOf: (event) => (event.type === 'content' ? event.chunk : ''),
    isEnd: (data) => data.startsWith('{"type":"done"') || data.startsWith('{"type":"error"'),
  };
}
