import { Agent, request as send } from 'node:http';

/** Connections are kept and used again, as a browser and an SDK do. */
export function makeAgent() {
  return new Agent({ keepAlive: true, maxSockets: Infinity });
}

/** Sends a request. Resolves to the answer when its headers are there; its text is in UTF-8. Throws for any status but 200. */
export async function open(url, { method = 'GET', agent, headers = {}, body } = {}) {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const content = text === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
  const answer = await sendOnce(url, { method, agent, headers: { ...headers, ...content } }, text);
  answer.setEncoding('utf8');
  if (answer.statusCode !== 200) throw new Error(`${method} ${url}: ${answer.statusCode} ${await readText(answer)}`);
  return answer;
}

/** The server may end an idle connection in the very moment in which it is used again: then it has seen nothing, and the request is sent anew. */
function sendOnce(url, options, text) {
  return new Promise((resolve, reject) => {
    const sent = send(url, options, resolve).once('error', (error) => {
      if (sent.reusedSocket && error.code === 'ECONNRESET') sendOnce(url, { ...options, agent: undefined }, text).then(resolve, reject);
      else reject(error);
    });
    sent.end(text);
  });
}

/** Sends a request and reads the whole answer as JSON. */
export async function fetchJson(url, options) {
  return JSON.parse(await readText(await open(url, options)));
}

async function readText(answer) {
  let text = '';
  for await (const piece of answer) text += piece;
  return text;
}
