import { type FieldProblem, type Problem, type ProblemCode } from '@echo/contract';

type Extras = Partial<Pick<Problem, 'errors' | 'run_id' | 'conversation_id' | 'message_id' | 'partial' | 'run_error'>>;

/** A request that is refused, or an answer that failed, before anything was streamed. Becomes problem JSON. */
export class Refusal extends Error {
  constructor(
    readonly code: ProblemCode,
    /** A sentence a person can act on. */
    readonly detail: string,
    readonly extras: Extras = {},
    /** Seconds after which another try makes sense. */
    readonly retryAfterSeconds?: number,
    options?: ErrorOptions,
  ) {
    super(detail, options);
  }

  /** One or more fields of the body were refused: the first one names the problem. */
  static ofFields(errors: readonly [FieldProblem, ...FieldProblem[]]): Refusal {
    return new Refusal(errors[0].code, errors[0].detail, { errors });
  }
}
