import { type ProblemCode } from '@echo/contract';
import { type NextFunction, type Request, type RequestHandler, type Response } from 'express';

export interface SiteSettings {
  /** Origins under which this server is reached, besides loopback: `https://chat.example`. */
  readonly publicUrl: string | undefined;
  /** Other origins whose pages may call the API. */
  readonly corsOrigins: readonly string[];
}

/** A request that a website may have caused. */
export class SiteRefusal extends Error {
  constructor(
    readonly code: Extract<ProblemCode, 'host_not_allowed' | 'cross_site_refused' | 'header_required' | 'unsupported_media_type'>,
    message: string,
  ) {
    super(message);
  }
}

const LOOPBACK_NAMES = ['127.0.0.1', 'localhost', '[::1]'];
const WRITES = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);
/** Any of these shows that the request is no web form's. */
const FORM_PROOF = ['authorization', 'idempotency-key', 'x-requested-with', 'x-echo-request', 'x-csrf-token', 'x-xsrf-token'];

/**
 * No website may talk to us. Checks every request, before its body is read: the `Host` (DNS rebinding), then for the API Fetch Metadata and
 * `Origin`, then that a write is one that no form can send.
 */
export function siteGuard(settings: SiteSettings): RequestHandler {
  const publicOrigin = settings.publicUrl === undefined ? undefined : new URL(settings.publicUrl);
  return (request: Request, response: Response, next: NextFunction) => {
    const port = request.socket.localPort ?? 0;
    if (!isOurHost(request.headers.host, port, publicOrigin?.host)) {
      throw new SiteRefusal(
        'host_not_allowed',
        'Open this server under the address it announces, or set ECHO_PUBLIC_URL to the address you use.',
      );
    }
    if (isApi(request.path)) {
      if (!isLanding(request)) checkOrigin(request, response, settings, port, publicOrigin?.origin);
      if (request.method === 'OPTIONS') {
        response.status(204).end();
        return;
      }
      if (WRITES.has(request.method) && !isLogoutNotice(request)) checkWrite(request);
    }
    next();
  };
}

/** Somebody comes back from the identity provider, which is another site. What they bring is held against what their browser kept. */
function isLanding({ method, path, headers }: Request): boolean {
  const isNavigation = headers['sec-fetch-mode'] === undefined || headers['sec-fetch-mode'] === 'navigate';
  return method === 'GET' && path === '/api/auth/single-sign-on/callback' && isNavigation && headers.origin === undefined;
}

/** The identity provider itself says that a session has ended, as a form, since its protocol is so. It carries a signature of its own. */
export function isLogoutNotice({ method, path, headers }: Pick<Request, 'method' | 'path' | 'headers'>): boolean {
  const isForm = /^application\/x-www-form-urlencoded\s*(;|$)/i.test(headers['content-type'] ?? '');
  return method === 'POST' && path === '/api/auth/single-sign-on/back-channel-logout' && isForm;
}

function isApi(path: string): boolean {
  return /^\/api(\/|$)/i.test(path);
}

function isOurHost(host: string | undefined, port: number, publicHost: string | undefined): boolean {
  if (host === undefined) return false;
  const asked = host.toLowerCase();
  if (asked === publicHost) return true;
  return LOOPBACK_NAMES.some((name) => asked === `${name}:${port}` || (port === 80 && asked === name));
}

function checkOrigin(request: Request, response: Response, settings: SiteSettings, port: number, publicOrigin: string | undefined): void {
  const origin = request.headers.origin;
  if (origin !== undefined && settings.corsOrigins.includes(origin)) {
    allowCrossOrigin(request, response, origin);
    return;
  }
  const ours = [...LOOPBACK_NAMES.map((name) => `http://${name}${port === 80 ? '' : `:${port}`}`), publicOrigin];
  const site = request.headers['sec-fetch-site'];
  if ((site !== undefined && site !== 'same-origin' && site !== 'none') || (origin !== undefined && !ours.includes(origin.toLowerCase()))) {
    throw new SiteRefusal(
      'cross_site_refused',
      'Only pages of this server may call its API. An operator allows others by ECHO_CORS_ORIGINS.',
    );
  }
}

function allowCrossOrigin(request: Request, response: Response, origin: string): void {
  // Another origin speaks with a key of its own, never with the session of whoever looks at its page.
  delete request.headers.cookie;
  response.setHeader('Access-Control-Allow-Origin', origin);
  response.vary('Origin');
  response.setHeader('Access-Control-Expose-Headers', 'Retry-After, RateLimit, RateLimit-Policy, X-Request-Id');
  // Helmet's default would hide the answer from the page that was just allowed to ask.
  response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
  if (request.method !== 'OPTIONS') return;
  response.setHeader('Access-Control-Allow-Methods', 'GET, POST, PATCH, DELETE');
  response.setHeader('Access-Control-Allow-Headers', 'Content-Type, Authorization, Idempotency-Key, Last-Event-ID, X-Requested-With');
  response.setHeader('Access-Control-Max-Age', '600');
}

function checkWrite(request: Request): void {
  const type = request.headers['content-type'];
  const isJson = type !== undefined && /^application\/json\s*(;|$)/i.test(type);
  const hasBody = request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;
  if (hasBody && !isJson) {
    throw new SiteRefusal('unsupported_media_type', 'Send the body as JSON with the header Content-Type: application/json.');
  }
  if (!isJson && !FORM_PROOF.some((name) => request.headers[name] !== undefined)) {
    throw new SiteRefusal(
      'header_required',
      'Add the header X-Requested-With (any value) or Content-Type: application/json to a write without a body.',
    );
  }
}
