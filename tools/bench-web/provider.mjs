import { once } from 'node:events';
import { createServer } from 'node:http';
import { atEnd } from '../bench/endings.mjs';
import { answerText, wordOf } from './answer-text.mjs';

const ENVELOPE = { id: 'chatcmpl-bench', object: 'chat.completion.chunk', created: 1_760_000_000, model: 'bench' };
/** Characters of a piece of a text that is asked for by its length. */
const PIECE = 9;

/** A model that says what the message orders: `say N words, P a second`, or `say N characters, P a second`. Ends with us. */
export async function startProvider() {
  const server = createServer((request, response) => {
    if (request.method === 'GET') return void response.end(JSON.stringify({ object: 'list', data: [{ id: 'bench', object: 'model' }] }));
    void answer(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  atEnd(() => new Promise((resolve) => server.close(resolve).closeAllConnections()));
  return `http://127.0.0.1:${server.address().port}`;
}

async function answer(request, response) {
  let body = '';
  for await (const piece of request.setEncoding('utf8')) body += piece;
  const { messages, stream } = JSON.parse(body);
  const pieces = piecesFor(messages.at(-1).content);
  if (!stream) {
    const message = { role: 'assistant', content: pieces.list.join('') };
    response.writeHead(200, { 'content-type': 'application/json' });
    return void response.end(
      JSON.stringify({ ...ENVELOPE, object: 'chat.completion', choices: [{ index: 0, message, finish_reason: 'stop' }] }),
    );
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const start = performance.now();
  let next = 0;
  const timer = setInterval(() => {
    // As many as are due: a timer that comes late does not slow the answer down.
    const due = Math.min(pieces.list.length, Math.ceil(((performance.now() - start) * pieces.perSecond) / 1_000));
    for (; next < due; next++) response.write(frame({ content: pieces.list[next] }));
    if (next < pieces.list.length) return;
    clearInterval(timer);
    response.end(`${frame({}, 'stop')}data: [DONE]\n\n`);
  }, 5);
  response.on('close', () => clearInterval(timer));
}

function piecesFor(order) {
  const [, count, unit, perSecond] = /say (\d+) (words|characters), (\d+) a second/.exec(order) ?? [null, 1, 'words', 100];
  const list =
    unit === 'words'
      ? Array.from({ length: Number(count) }, (_, index) => wordOf(index + 1))
      : answerText(Number(count)).match(new RegExp(`[^]{1,${PIECE}}`, 'g'));
  return { list, perSecond: Number(perSecond) };
}

function frame(delta, finish_reason = null) {
  return `data: ${JSON.stringify({ ...ENVELOPE, choices: [{ index: 0, delta, finish_reason }] })}\n\n`;
}
