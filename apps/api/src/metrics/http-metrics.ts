import { type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { Counter, type Registry } from 'prom-client';
import { requestIdOf } from '../http/request-id';
import { type AppLogger } from '../logging/app-logger';

/** Counts requests of the API and logs each when it has ended: who asked for what, how it went, how long it took. Never a query, never a body. */
export function httpMetrics(registry: Registry, logger: AppLogger): RequestHandler {
  const requests = new Counter({
    name: 'echo_http_requests_total',
    help: 'Requests of the API that ended, by method and status. 499: the client left first.',
    labelNames: ['method', 'status'],
    registers: [registry],
  });
  return (request: Request, response: Response, next: NextFunction) => {
    const path = request.path;
    if (!/^\/api\//i.test(path) || /^\/api\/(health|metrics)\b/i.test(path)) return next();
    const began = performance.now();
    response.once('close', () => {
      const status = response.writableFinished ? response.statusCode : 499;
      requests.inc({ method: knownMethod(request.method), status });
      const fields = { request_id: requestIdOf(response), method: request.method, path: path.slice(0, 200), status };
      logger.tell('info', 'A request ended', { ...fields, duration_ms: Math.round(performance.now() - began) }, 'Http');
    });
    next();
  };
}

/** A label must not be whatever a client sends. */
function knownMethod(method: string): string {
  return ['GET', 'POST', 'PATCH', 'PUT', 'DELETE', 'HEAD', 'OPTIONS'].includes(method) ? method : 'other';
}
