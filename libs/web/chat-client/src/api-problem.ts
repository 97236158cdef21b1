import { type Problem, type ProblemCode } from '@echo/contract';

/** `network_error`: no answer came. `bad_response`: an answer that is not from our server, or not in its language. */
export type ApiProblemCode = ProblemCode | 'network_error' | 'bad_response';

/** Every answer that is not 2xx, and every fault of the network. The message is a sentence a person can act on. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';

  constructor(
    message: string,
    /** HTTP status; 0 when no answer came, or when the fault was found before sending. */
    readonly status: number,
    readonly code: ApiProblemCode,
    /** What the server said, when it spoke in problem JSON. */
    readonly problem?: Problem,
    /** Milliseconds to wait before the next try, from `Retry-After`. */
    readonly retryAfterMs?: number,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** A stream that ended before its terminal event: cut, silent for too long, or not readable. The run goes on; resume it. */
export class StreamLost extends Error {
  override readonly name = 'StreamLost';

  constructor(
    readonly reason: 'cut' | 'silent' | 'malformed',
    options?: ErrorOptions,
  ) {
    super('The connection was lost. The answer goes on; reconnecting…', options);
  }
}
