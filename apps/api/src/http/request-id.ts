import { type NextFunction, type Request, type Response } from 'express';
import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';

const HEADER = 'X-Request-Id';
const current = new AsyncLocalStorage<string>();

/** Gives every request an id, which its answer carries and our log names. */
export function requestId(_request: Request, response: Response, next: NextFunction): void {
  const id = newRequestId();
  response.setHeader(HEADER, id);
  current.run(id, next);
}

export function requestIdOf(response: Response): string {
  return String(response.getHeader(HEADER) ?? newRequestId());
}

/** The request that caused what is being done; undefined where none did. An answer is made on behalf of the request that asked for it, also when it has gone. */
export function currentRequestId(): string | undefined {
  return current.getStore();
}

export function newRequestId(): string {
  return randomBytes(8).toString('hex');
}
