import { isLogoutNotice, Refusal } from '@echo/api-security';
import { LIMITS } from '@echo/contract';
import { json, type NextFunction, type Request, type RequestHandler, type Response, urlencoded } from 'express';
import { isUtf8 } from 'node:buffer';

/** What body-parser says of a body it could not take. */
const BODY_FAULTS: Readonly<Record<string, Refusal>> = {
  'entity.too.large': new Refusal('body_too_large', 'The body is larger than this route takes. Send less.'),
  'entity.parse.failed': new Refusal('malformed_json', 'The body is not valid JSON. Check quotes, commas and brackets.'),
  'entity.verify.failed': new Refusal('malformed_json', 'The body is not valid UTF-8.'),
  'encoding.unsupported': new Refusal('unsupported_media_type', 'Send the body plain, or compressed with gzip, deflate or br.'),
  'charset.unsupported': new Refusal('unsupported_media_type', 'Send the body in UTF-8.'),
  'request.size.invalid': new Refusal('malformed_request', 'The body does not have the length that was announced.'),
  'request.aborted': new Refusal('malformed_request', 'The body ended too early.'),
};

/** Bytes of an identity provider's notice. */
const NOTICE_BYTES = 16 * 1024;

/** Reads JSON bodies: larger ones for chat, and nothing but objects in UTF-8. */
export function jsonBody(): RequestHandler[] {
  const chat = parser(LIMITS.chatBodyBytes);
  const other = parser(LIMITS.bodyBytes);
  const notice = urlencoded({ extended: false, limit: NOTICE_BYTES, parameterLimit: 10 });
  const form: RequestHandler = (request, response, next) =>
    notice(request, response, (error?: unknown) => next(error && (BODY_FAULTS[typeOf(error)] ?? error)));
  const choose = (request: Request) => (isLogoutNotice(request) ? form : isChat(request) ? chat : other);
  return [(request, response, next) => choose(request)(request, response, next), onlyObjects];
}

/** Routes whose bodies hold what people typed. */
function isChat(request: Request): boolean {
  return /^\/api\/chat(\/|$)/i.test(request.path);
}

function parser(limit: number): RequestHandler {
  const parse = json({
    limit,
    strict: false,
    type: 'application/json',
    verify: (_request, _response, bytes) => {
      if (!isUtf8(bytes)) throw new Error('The body is not UTF-8.');
    },
  });
  return (request, response, next) => parse(request, response, (error?: unknown) => next(error && (BODY_FAULTS[typeOf(error)] ?? error)));
}

/** The name that body-parser gives a fault. */
function typeOf(error: unknown): string {
  const type = (error as { type?: unknown }).type;
  return typeof type === 'string' ? type : '';
}

function onlyObjects(request: Request, _response: Response, next: NextFunction): void {
  const body: unknown = request.body === undefined ? {} : request.body;
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new Refusal('invalid_body', 'Send a JSON object: { … }.');
  }
  // JSON.parse makes it a plain property, which copying the object would take for its prototype.
  if (Object.hasOwn(body, '__proto__')) {
    throw Refusal.ofFields([{ pointer: '/__proto__', code: 'unknown_field', detail: 'This field is not known. Remove it.' }]);
  }
  request.body = body;
  next();
}
