// A model provider as a process of its own, so that its CPU time is not counted: the OpenAI chat wire on plain `node:http`, paced as a prompt orders.
import { createServer } from 'node:http';
import { PACE, pieceOf } from './answers.mjs';
import { readBody, sendJson, serveParent } from './child-server.mjs';
import { now } from './clock.mjs';

/** When each piece was written, by answer; handed out and forgotten by `GET /bench/sent`. */
let sent = {};
const held = new Set();

const server = createServer((request, response) => {
  const route = `${request.method} ${request.url}`;
  if (route === 'POST /v1/chat/completions') return void answer(request, response);
  if (route === 'GET /v1/models') return sendJson(response, { object: 'list', data: [{ id: 'bench', object: 'model' }] });
  if (route === 'GET /live') return sendJson(response, { status: 'ok' });
  if (route === 'GET /bench/sent') {
    sendJson(response, sent);
    sent = {};
    return;
  }
  if (route === 'POST /bench/release') {
    // Spread over one pause: as if each had gone its own way until now.
    for (const release of held) setTimeout(release, Math.random() * PACE.maxMs);
    held.clear();
    return sendJson(response, {});
  }
  response.writeHead(404).end();
});
serveParent(server, process.argv[2]);

async function answer(request, response) {
  const order = JSON.parse(JSON.parse(await readBody(request)).messages.at(-1).content);
  const times = (sent[order.id] = []);
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  response.write(frame({ delta: { role: 'assistant', content: '' } }));
  let due = now();
  const next = () => {
    if (response.destroyed) return;
    times.push(now());
    response.write(frame({ delta: { content: pieceOf(order.id, times.length - 1) } }));
    if (times.length === order.deltas) return finish(response, order.deltas);
    if (order.hold && times.length === 1) return void held.add(next);
    // From when the last one was due, not from when it left: the pace does not drift. After a pause nothing is made up for.
    due += order.minMs + Math.random() * (order.maxMs - order.minMs);
    const wait = Math.max(due - now(), 0);
    if (wait === 0) due = now();
    setTimeout(next, wait);
  };
  next();
}

function finish(response, tokens) {
  response.write(frame({ delta: {}, finish_reason: 'stop' }));
  response.end(`data: ${JSON.stringify({ ...envelope, choices: [], usage: usageOf(tokens) })}\n\ndata: [DONE]\n\n`);
}

const envelope = { id: 'chatcmpl-bench', object: 'chat.completion.chunk', created: 1_760_000_000, model: 'bench' };

function frame({ delta, finish_reason = null }) {
  return `data: ${JSON.stringify({ ...envelope, choices: [{ index: 0, delta, logprobs: null, finish_reason }] })}\n\n`;
}

function usageOf(tokens) {
  return { prompt_tokens: 20, completion_tokens: tokens, total_tokens: 20 + tokens };
}
