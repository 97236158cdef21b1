import { PROBLEMS, type Problem, type ProblemCode, type RunEvent } from '@echo/contract';
import { type FakeStream } from './fake-stream';

export interface FakeRequest {
  readonly route: string;
  readonly path: string;
  readonly search: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Record<string, unknown> | undefined;
  readonly init: RequestInit;
  readonly signal: AbortSignal | undefined;
}

export interface FakeAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly text?: string;
  readonly stream?: FakeStream;
}

type Script = (request: FakeRequest) => FakeAnswer | Promise<FakeAnswer>;

/** Plays the server behind `fetch`. A route is `POST /chat`; one without a script is a test's mistake and answers 404. */
export class FakeServer {
  readonly requests: FakeRequest[] = [];
  readonly #always = new Map<string, Script>();
  readonly #next = new Map<string, Script[]>();

  on(route: string, script: Script | FakeAnswer): this {
    this.#always.set(route, typeof script === 'function' ? script : () => script);
    return this;
  }

  /** Answers one request of the route, before what `on` says. */
  once(route: string, script: Script | FakeAnswer): this {
    const scripts = this.#next.get(route) ?? [];
    this.#next.set(route, [...scripts, typeof script === 'function' ? script : () => script]);
    return this;
  }

  to(route: string): FakeRequest[] {
    return this.requests.filter((request) => request.route === route);
  }

  readonly fetch: typeof fetch = async (input, init = {}) => {
    // eslint-disable-next-line @typescript-eslint/no-base-to-string -- the client passes addresses only
    const url = new URL(String(input), 'http://echo.test');
    const path = url.pathname.replace(/^\/api/, '');
    const route = `${init.method ?? 'GET'} ${path}`;
    const signal = init.signal ?? undefined;
    const body = typeof init.body === 'string' ? (JSON.parse(init.body) as FakeRequest['body']) : undefined;
    const request: FakeRequest = {
      route,
      path,
      search: url.searchParams,
      headers: init.headers as Record<string, string>,
      body,
      init,
      signal,
    };
    this.requests.push(request);
    const script = this.#next.get(route)?.shift() ?? this.#always.get(route) ?? (() => problemAnswer('not_found'));
    const answer = await Promise.race([Promise.resolve().then(() => script(request)), aborted(signal)]);
    if (answer.stream) signal?.addEventListener('abort', () => answer.stream?.cut(abortError()));
    return responseOf(answer);
  };
}

/** What `fetch` rejects with when no server is there. */
export function offline(): never {
  throw new TypeError('Failed to fetch');
}

export function problemAnswer(code: ProblemCode, more: Partial<Problem> = {}, headers: Record<string, string> = {}): FakeAnswer {
  const { status, title } = PROBLEMS[code];
  return { status, headers, json: { type: 'about:blank', title, status, code, detail: `${title}.`, request_id: 'request-1', ...more } };
}

export function streamAnswer(stream: FakeStream): FakeAnswer {
  return { stream, headers: { 'content-type': 'text/event-stream; charset=utf-8' } };
}

/** One event as it stands on the wire. */
export function sse(seq: number, event: RunEvent | Record<string, unknown>): string {
  return `id: ${seq}\ndata: ${JSON.stringify(event)}\n\n`;
}

function responseOf({ status = 200, headers = {}, json, text, stream }: FakeAnswer): Response {
  const content = text ?? (json === undefined ? '' : JSON.stringify(json));
  return {
    status,
    ok: status >= 200 && status < 300,
    headers: { get: (name: string) => headers[name] ?? null },
    body: stream?.body ?? null,
    text: () => Promise.resolve(content),
  } as unknown as Response;
}

function aborted(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(abortError())));
}

function abortError(): Error {
  return new DOMException('The operation was aborted.', 'AbortError');
}
