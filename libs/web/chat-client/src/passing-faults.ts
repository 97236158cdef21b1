import { ApiProblem, StreamLost } from './api-problem';

/** A server that asks for more patience than this is asked again anyway. */
const LONGEST_WAIT_MS = 30_000;
const GATEWAY_FAULTS: readonly number[] = [502, 503, 504];

/** Whether nobody who knows the request has answered: no answer at all, a cut before the first event, or a proxy without its server. */
export function isUnheard(error: unknown): boolean {
  if (error instanceof StreamLost) return true;
  if (!(error instanceof ApiProblem)) return false;
  return error.code === 'network_error' || (error.code === 'bad_response' && GATEWAY_FAULTS.includes(error.status));
}

/** Whether the same reading request may succeed later. */
export function isPassing(error: unknown): boolean {
  if (isUnheard(error)) return true;
  return error instanceof ApiProblem && (error.status === 408 || error.status === 429 || error.status >= 500);
}

/** Milliseconds that the server asked us to wait, within reason. */
export function waitOf(error: unknown): number {
  return error instanceof ApiProblem ? Math.min(error.retryAfterMs ?? 0, LONGEST_WAIT_MS) : 0;
}
