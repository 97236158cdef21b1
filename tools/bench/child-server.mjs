import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { atEnd } from './endings.mjs';

/** Starts one of our own servers, a file beside this one, as a process of its own. It ends with us. */
export async function startChild(file, parameters = []) {
  const child = fork(join(import.meta.dirname, file), parameters);
  const exit = once(child, 'exit');
  atEnd(async () => {
    child.kill('SIGTERM');
    await exit;
  });
  const ended = exit.then(() => Promise.reject(new Error(`${file} ended.`)));
  const [{ port }] = await Promise.race([once(child, 'message'), ended]);
  // Whoever talks to it next will notice.
  ended.catch(() => undefined);
  return { url: `http://127.0.0.1:${port}`, pid: child.pid };
}

/** The other side: listens at any free port, tells it, and ends with whoever started us. */
export function serveParent(server, host = '127.0.0.1') {
  server.keepAliveTimeout = 60_000;
  server.listen(0, host, 1_024, () => process.send({ port: server.address().port }));
  process.on('disconnect', () => process.exit(0));
  // Ctrl-C is for the benchmark, which ends us.
  process.on('SIGINT', () => undefined);
}

/** The whole body of a request. */
export async function readBody(request) {
  let body = '';
  for await (const piece of request.setEncoding('utf8')) body += piece;
  return body;
}

export function sendJson(response, value) {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}
