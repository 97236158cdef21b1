// A model vendor as a process of its own, on every wire: `/fast/…` says everything at once, `/slow/…` fifty pieces a second until nobody listens.
import { createServer } from 'node:http';
import { SPEAKERS } from '../../libs/testing/dist/provider-server/speakers/speakers.js';
import { sendJson, serveParent } from './child-server.mjs';
import { now } from './clock.mjs';

export const PIECES = 20_000;
const PAUSE_MS = 20;
const WRITE_CHARS = 65_536;

/** When connections of slow answers were closed, in the order in which they were; handed out and forgotten by `GET /bench/closed`. */
let closed = [];

if (process.send) serveParent(createServer(serve));

function serve(request, response) {
  if (request.url === '/bench/closed') {
    sendJson(response, closed);
    closed = [];
    return;
  }
  const words = SPEAKERS[wireOf(request.url)].words;
  request.resume();
  response.writeHead(200, { 'content-type': words.contentType });
  if (request.url.startsWith('/fast/')) return sayAll(response, words);
  response.write(words.begin);
  const timer = setInterval(() => response.write(words.piece('a word or ')), PAUSE_MS);
  response.on('close', () => {
    closed.push(now());
    clearInterval(timer);
  });
}

/** The path tells the protocol. */
function wireOf(path) {
  if (path.includes('/chat/completions')) return 'openai-chat';
  if (path.includes('/responses')) return 'openai-responses';
  if (path.includes('/messages')) return 'anthropic';
  return path.includes('streamGenerateContent') ? 'gemini' : 'ollama';
}

function sayAll(response, words) {
  const text = words.begin + words.piece('a word or ').repeat(PIECES) + words.end('stop', { input: 9, output: PIECES });
  const write = (from) => {
    if (from >= text.length) return response.end();
    if (response.write(text.slice(from, from + WRITE_CHARS))) setImmediate(write, from + WRITE_CHARS);
    else response.once('drain', () => write(from + WRITE_CHARS));
  };
  write(0);
}
