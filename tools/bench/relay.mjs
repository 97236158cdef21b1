// The control that does what every such server must and nothing else: a relay on plain `node:http` and `undici`, which reads the provider's events and
// writes ours, gathered for the same 25 ms as the application's group commit. It stores nothing, checks nothing and limits nothing.
import { createServer } from 'node:http';
import { Agent, request as ask } from 'undici';
import { readBody, sendJson, serveParent } from './child-server.mjs';
import { GatherWindow } from './gather-window.mjs';
import { RelayedAnswer } from './relayed-answer.mjs';

const [providerUrl] = process.argv.slice(2);
const dispatcher = new Agent({ headersTimeout: 0, bodyTimeout: 0 });
/** Answers being made → where each is written to. */
const live = new Map();
const gathering = new GatherWindow(() => {
  for (const [answer, response] of live) if (answer.hasText) response.write(answer.takeText());
});
let conversations = 0;

serveParent(
  createServer((request, response) => {
    if (request.url === '/api/health/live') return sendJson(response, { status: 'ok' });
    relay(request, response).catch((error) => response.destroy(error));
  }),
);

async function relay(request, response) {
  const { prompt } = JSON.parse(await readBody(request));
  const ids = { conversation_id: ++conversations };
  const answer = new RelayedAnswer();
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache, no-transform', 'x-accel-buffering': 'no' });
  response.write(answer.start({ ...ids, message_id: conversations, run_id: String(conversations) }));
  const { body } = await ask(`${providerUrl}/v1/chat/completions`, {
    dispatcher,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'bench', stream: true, messages: [{ role: 'user', content: prompt }] }),
  });
  live.set(answer, response);
  response.once('close', () => {
    live.delete(answer);
    body.destroy();
  });
  body.setEncoding('utf8');
  body.on('data', (text) => {
    answer.feed(text);
    if (answer.isOver) response.end(answer.end(ids));
    else if (answer.hasText) gathering.wake();
  });
  // Without its last word the answer is cut, and so is ours.
  body.once('error', () => response.destroy()).once('end', () => answer.isOver || response.destroy());
}
