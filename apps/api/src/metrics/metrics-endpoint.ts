import { Refusal } from '@echo/api-security';
import { type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { createHash, timingSafeEqual } from 'node:crypto';
import { type Registry } from 'prom-client';
import { type MetricsSettings } from '../config/settings';

const PATH = '/api/metrics';
/** Any of these: somebody else asked whoever is on loopback with us. */
const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'];

/**
 * `GET /api/metrics` for Prometheus. With a token only for who sends it (`Authorization: Bearer …`); without one only for programs on this very machine,
 * and where there are accounts for nobody.
 * For all others it does not exist. It stands before the check of `Host`, since a collector asks each replica under its own address; a website can neither
 * send the token nor, without a name that resolves to us, ask from loopback.
 */
export function metricsEndpoint(registry: Registry, { token, isOpenLocally }: MetricsSettings): RequestHandler {
  return (request: Request, response: Response, next: NextFunction) => {
    if (request.path.replace(/\/$/, '').toLowerCase() !== PATH) return next();
    if (!['GET', 'HEAD'].includes(request.method) || !(token === undefined ? isOpenLocally && isLocal(request) : hasToken(request, token)))
      throw new Refusal('not_found', `There is no ${request.method} ${PATH} here. See /api/docs.`);
    registry
      .metrics()
      .then((text) => response.set('Cache-Control', 'no-store').type(registry.contentType).send(text))
      .catch(next);
  };
}

function isLocal(request: Request): boolean {
  const address = request.socket.remoteAddress ?? '';
  const asked = request.headers.host?.replace(/:\d+$/, '') ?? '';
  return (
    (/^(::ffff:)?127\./.test(address) || address === '::1') &&
    ['127.0.0.1', 'localhost', '[::1]'].includes(asked.toLowerCase()) &&
    !FORWARDED.some((name) => request.headers[name] !== undefined) &&
    (request.headers['sec-fetch-site'] ?? 'none') === 'none'
  );
}

/** Compares in a time that tells nothing. */
function hasToken(request: Request, token: string): boolean {
  const sent = /^Bearer +(.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
  return timingSafeEqual(hash(sent), hash(token));
}

function hash(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
