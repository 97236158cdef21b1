import { type Attributes, type Context, ROOT_CONTEXT, SpanKind, SpanStatusCode, type Tracer } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { requestIdOf } from '../http/request-id';
import { type SpanScope } from './span-scope';

const w3c = new W3CTraceContextPropagator();
const METHODS: ReadonlySet<string> = new Set(['GET', 'POST', 'PATCH', 'PUT', 'DELETE', 'HEAD', 'OPTIONS']);
/** Whoever watches asks these again and again. */
const UNTRACED = /^\/api\/(health|metrics)\b/i;

/**
 * A span for each request of the API, below the caller's own where it sends `traceparent`. It is named after its route; a path is told only where a route took
 * it, and a query never.
 */
export function tracedRequests(tracer: Tracer, scope: SpanScope): RequestHandler {
  return (request: Request, response: Response, next: NextFunction) => {
    const path = request.path;
    if (!/^\/api\//i.test(path) || UNTRACED.test(path)) return next();
    const method = METHODS.has(request.method) ? request.method : '_OTHER';
    const attributes = { 'http.request.method': method, 'url.scheme': request.protocol, 'echo.request.id': requestIdOf(response) };
    const span = tracer.startSpan(method === '_OTHER' ? 'HTTP' : method, { kind: SpanKind.SERVER, attributes }, callerOf(request));
    response.once('close', () => {
      const route = routeOf(request);
      if (route !== undefined) span.updateName(`${method} ${route}`).setAttributes({ 'http.route': route, 'url.path': path.slice(0, 200) });
      span.setAttributes(outcomeOf(response));
      if (response.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    });
    scope.within(span, next);
  };
}

/** What the caller says that it does this for. Nothing of ours is around a request. */
function callerOf(request: Request): Context {
  return w3c.extract(ROOT_CONTEXT, request.headers, {
    get: (headers: Request['headers'], name) => headers[name],
    keys: (headers: Request['headers']) => Object.keys(headers),
  });
}

/** As it was declared, such as `/api/runs/:id/stop`. One that takes whatever comes is none. */
function routeOf({ route, baseUrl }: Request): string | undefined {
  const { path } = (route ?? {}) as { path?: unknown };
  return typeof path === 'string' && !path.includes('*') ? `${baseUrl}${path}` : undefined;
}

function outcomeOf({ writableFinished, headersSent, statusCode }: Response): Attributes {
  return {
    ...(headersSent ? { 'http.response.status_code': statusCode } : {}),
    ...(headersSent && statusCode >= 500 ? { 'error.type': String(statusCode) } : {}),
    // The client left first. Its run goes on.
    ...(writableFinished ? {} : { 'echo.client.left': true }),
  };
}
