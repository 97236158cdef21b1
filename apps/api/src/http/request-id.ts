import { type NextFunction, type Request, type Response } from 'express';
import { randomBytes } from 'node:crypto';

const HEADER = 'X-Request-Id';

/** Gives every request an id, which its answer carries and our log names. */
export function requestId(_request: Request, response: Response, next: NextFunction): void {
  response.setHeader(HEADER, newRequestId());
  next();
}

export function requestIdOf(response: Response): string {
  return String(response.getHeader(HEADER) ?? newRequestId());
}

export function newRequestId(): string {
  return randomBytes(8).toString('hex');
}
