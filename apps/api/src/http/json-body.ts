import { Refusal } from '@echo/api-chat';
import { LIMITS } from '@echo/contract';
import { json, type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { isUtf8 } from 'node:buffer';

/** Reads JSON bodies: larger ones for chat, and nothing but objects in UTF-8. */
export function jsonBody(): RequestHandler[] {
  const chat = parser(LIMITS.chatBodyBytes);
  const other = parser(LIMITS.bodyBytes);
  return [(request, response, next) => (/^\/api\/chat(\/|$)/i.test(request.path) ? chat : other)(request, response, next), onlyObjects];
}

function parser(limit: number): RequestHandler {
  return json({
    limit,
    strict: false,
    type: 'application/json',
    verify: (_request, _response, bytes) => {
      if (!isUtf8(bytes)) throw new Error('The body is not UTF-8.');
    },
  });
}

function onlyObjects(request: Request, _response: Response, next: NextFunction): void {
  const body: unknown = request.body ?? {};
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
