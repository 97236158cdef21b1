import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { basename, extname, join } from 'node:path';
import { atEnd } from '../bench/endings.mjs';

const TYPES = { '.js': 'text/javascript', '.html': 'text/html' };

/** Serves the files of `folder` (no folders in it) at a free port. Ends with us. */
export async function serveFolder(folder) {
  const server = createServer((request, response) => {
    const name = basename(request.url) || 'index.html';
    readFile(join(folder, name)).then(
      (content) => response.writeHead(200, { 'content-type': TYPES[extname(name)] ?? 'text/plain' }).end(content),
      () => response.writeHead(404).end(),
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  atEnd(() => new Promise((resolve) => server.close(resolve).closeAllConnections()));
  return `http://127.0.0.1:${server.address().port}`;
}
