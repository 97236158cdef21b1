import { inject, Injectable, signal } from '@angular/core';
import { ApiProblem } from './api-problem';
import { CHAT_SETTINGS } from './chat-settings';
import { HTTP_FETCH } from './http-fetch';
import { readProblem, toProblem } from './read-problem';
import { SessionGate } from './session-gate';

type ApiMethod = 'GET' | 'POST' | 'PATCH' | 'DELETE';

export interface ApiRequest {
  /** JSON body; none when absent. */
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** A `RateLimit` header, and when it came, in milliseconds of this client's clock. */
export interface RateLimitNote {
  readonly header: string;
  readonly at: number;
}

/**
 * Fetch with the server's manners: JSON, the header that forms cannot send, problems as `ApiProblem`. An abort stays an `AbortError`. When the session has ended, a
 * request waits until somebody has signed in again (`SessionGate`).
 */
@Injectable({ providedIn: 'root' })
export class ApiClient {
  readonly #fetch = inject(HTTP_FETCH);
  readonly #settings = inject(CHAT_SETTINGS);
  readonly #gate = inject(SessionGate);
  readonly #rateLimit = signal<RateLimitNote | undefined>(undefined);

  /** What the server last told of the person's limits. */
  readonly rateLimit = this.#rateLimit.asReadonly();

  get<T>(path: string, signal?: AbortSignal): Promise<T> {
    return this.#json<T>('GET', path, { signal });
  }

  post<T>(path: string, request: ApiRequest = {}): Promise<T> {
    return this.#json<T>('POST', path, request);
  }

  patch<T>(path: string, body: object, signal?: AbortSignal): Promise<T> {
    return this.#json<T>('PATCH', path, { body, signal });
  }

  async delete(path: string, request: ApiRequest = {}): Promise<void> {
    await this.open('DELETE', path, request);
  }

  /** Answers with the response of a 2xx, body unread. */
  async open(method: ApiMethod, path: string, request: ApiRequest): Promise<Response> {
    for (;;) {
      const response = await this.#send(method, path, request);
      const told = response.headers.get('ratelimit');
      if (told !== null) this.#rateLimit.set({ header: told, at: Date.now() });
      if (response.ok) return response;
      const problem = await readProblem(response);
      if (!(await this.#gate.holds(problem, request.signal))) throw problem;
    }
  }

  #send(method: ApiMethod, path: string, { body, headers, signal }: ApiRequest): Promise<Response> {
    return this.#fetch(this.#settings.baseUrl + path, {
      method,
      headers: {
        accept: 'application/json',
        ...(method === 'GET' ? {} : { 'x-requested-with': 'echo' }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: 'same-origin',
      cache: 'no-store',
      signal,
    }).catch((error: unknown) => {
      throw toProblem(error, signal);
    });
  }

  async #json<T>(method: 'GET' | 'POST' | 'PATCH', path: string, request: ApiRequest): Promise<T> {
    const response = await this.open(method, path, request);
    const text = await response.text().catch((error: unknown) => {
      throw toProblem(error, request.signal);
    });
    if (text === '') return undefined as T;
    try {
      return JSON.parse(text) as T;
    } catch (cause) {
      // A proxy's page in place of our JSON.
      throw new ApiProblem(
        'The server gave an answer that cannot be read. Try again.',
        response.status,
        'bad_response',
        undefined,
        undefined,
        { cause },
      );
    }
  }
}
