import { type Problem } from '@echo/contract';
import { ApiProblem, StreamLost } from './api-problem';

/** What a failed `fetch` or an interrupted body means. An abort by `signal` is passed on as it is: nobody is to be told of it. */
export function toProblem(error: unknown, signal?: AbortSignal | null): unknown {
  if (signal?.aborted || error instanceof ApiProblem) return error;
  return new ApiProblem('The server could not be reached. Check the connection and try again.', 0, 'network_error', undefined, undefined, {
    cause: error,
  });
}

/** Any fault as something that can be shown. */
export function asProblem(error: unknown): ApiProblem {
  const problem = error instanceof StreamLost ? toProblem(error.cause) : error;
  if (problem instanceof ApiProblem) return problem;
  return new ApiProblem('Something went wrong on this page. Reload it.', 0, 'bad_response', undefined, undefined, { cause: error });
}

/** Reads an answer that is not 2xx. */
export async function readProblem(response: Response): Promise<ApiProblem> {
  const retryAfterMs = parseRetryAfter(response.headers.get('retry-after'), Date.now());
  const problem = parseProblem(await response.text().catch(() => ''));
  if (problem) return new ApiProblem(problem.detail, response.status, problem.code, problem, retryAfterMs);
  return new ApiProblem(sentenceFor(response.status), response.status, 'bad_response', undefined, retryAfterMs);
}

/** `Retry-After` in milliseconds from `now`: seconds or an HTTP date. */
export function parseRetryAfter(value: string | null, now: number): number | undefined {
  if (value === null || value.trim() === '') return undefined;
  const seconds = Number(value);
  const wait = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(value) - now;
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}

function parseProblem(text: string): Problem | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Not JSON: a proxy in front of the server spoke.
    return undefined;
  }
  return isProblem(value) ? value : undefined;
}

/** Whether our server speaks: others know the format, too, but not these members of it. A newer server may have codes that we do not know. */
function isProblem(value: unknown): value is Problem {
  if (typeof value !== 'object' || value === null) return false;
  const { code, detail, request_id } = value as Record<string, unknown>;
  return [code, detail, request_id].every((member) => typeof member === 'string');
}

function sentenceFor(status: number): string {
  if (status === 401 || status === 403) return 'The server refused this. Reload the page and sign in again.';
  if (status === 404) return 'The server does not know this address. Reload the page.';
  if (status === 413) return 'This is too large for the server. Shorten it.';
  if (status === 429) return 'Too many requests. Wait a moment and try again.';
  if (status >= 500) return 'The server is not available right now. Try again in a moment.';
  return 'The server refused this request.';
}
