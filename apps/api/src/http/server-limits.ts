import { Refusal } from '@echo/api-security';
import { type ProblemCode } from '@echo/contract';
import { type Server } from 'node:http';
import { type Socket } from 'node:net';
import { problemOf } from './problem.filter';
import { newRequestId } from './request-id';

/** Milliseconds in which headers and body must have arrived. */
const ARRIVAL_MS = 30_000;

/** Longer than the 60 s for which proxies keep an idle connection: they must be the first to close it. */
const KEEP_ALIVE_MS = 65_000;

/** Cuts slow uploads, and answers what the HTTP parser refuses with problem JSON as everything else. */
export function limitServer(server: Server, arrivalMs = ARRIVAL_MS): void {
  server.headersTimeout = arrivalMs;
  server.requestTimeout = arrivalMs;
  // Node looks every 30 s unless told otherwise, and reads this when it begins to listen; its types know it as an option only.
  Object.assign(server, { connectionsCheckingInterval: Math.min(1_000, arrivalMs / 4) });
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy();
    const code: ProblemCode = error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 'request_timeout' : 'malformed_request';
    const detail = code === 'request_timeout' ? 'The request took too long to arrive. Send it again.' : 'The request is not valid HTTP.';
    const problem = problemOf(new Refusal(code, detail), newRequestId());
    const body = JSON.stringify(problem);
    const status = code === 'request_timeout' ? '408 Request Timeout' : '400 Bad Request';
    socket.end(
      `HTTP/1.1 ${status}\r\nContent-Type: application/problem+json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
    );
  });
}
