import { PROBLEMS, type Problem, type ProblemCode } from '@echo/contract';

export interface ApiCall {
  /** `POST /auth/sign-in` */
  readonly route: string;
  readonly search: URLSearchParams;
  readonly body: Record<string, unknown> | undefined;
}

export interface ApiAnswer {
  readonly status?: number;
  readonly json?: unknown;
}

type Script = (call: ApiCall) => ApiAnswer | Promise<ApiAnswer>;

/** Plays the server behind `fetch`. A route without a script is a test's mistake and answers 404. */
export class FakeApi {
  readonly calls: ApiCall[] = [];
  private readonly scripts = new Map<string, Script>();

  on(route: string, script: Script | ApiAnswer): this {
    this.scripts.set(route, typeof script === 'function' ? script : () => script);
    return this;
  }

  /** The bodies that were sent to a route. */
  sent(route: string): (Record<string, unknown> | undefined)[] {
    return this.calls.filter((call) => call.route === route).map(({ body }) => body);
  }

  readonly fetch: typeof fetch = async (input, init = {}) => {
    // eslint-disable-next-line @typescript-eslint/no-base-to-string -- the client passes addresses only
    const url = new URL(String(input), 'http://echo.test');
    const body = typeof init.body === 'string' ? (JSON.parse(init.body) as ApiCall['body']) : undefined;
    const call: ApiCall = { route: `${init.method ?? 'GET'} ${url.pathname.replace(/^\/api/, '')}`, search: url.searchParams, body };
    this.calls.push(call);
    const script = this.scripts.get(call.route) ?? (() => refusal('not_found'));
    const { status = 200, json } = await script(call);
    return {
      status,
      ok: status < 300,
      headers: { get: () => null },
      text: () => Promise.resolve(json === undefined ? '' : JSON.stringify(json)),
    } as unknown as Response;
  };
}

export function refusal(code: ProblemCode, more: Partial<Problem> = {}): ApiAnswer {
  const { status, title } = PROBLEMS[code];
  return { status, json: { type: 'about:blank', title, status, code, detail: `${title}.`, request_id: 'request-1', ...more } };
}
