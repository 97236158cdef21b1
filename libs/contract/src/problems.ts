/** Every code that a refusal can carry, with its HTTP status and the title that all of its kind share. */
export const PROBLEMS = {
  malformed_request: { status: 400, title: 'The request could not be read' },
  malformed_json: { status: 400, title: 'The body is not valid JSON' },
  invalid_cursor: { status: 400, title: 'The cursor is not one of ours' },
  invalid_idempotency_key: { status: 400, title: 'The Idempotency-Key cannot be used' },
  sign_in_required: { status: 401, title: 'Sign in first' },
  sign_in_failed: { status: 401, title: 'E-mail address, password or code is wrong' },
  second_factor_required: { status: 401, title: 'The code of the authenticator is needed' },
  session_ended: { status: 401, title: 'The session has ended' },
  invalid_api_key: { status: 401, title: 'The API key is not valid' },
  not_allowed: { status: 403, title: 'This account may not do that' },
  scope_missing: { status: 403, title: 'The API key may not do that' },
  link_expired: { status: 403, title: 'The link does not work any more' },
  host_not_allowed: { status: 403, title: 'This host name is not ours' },
  cross_site_refused: { status: 403, title: 'Another website may not talk to this server' },
  header_required: { status: 403, title: 'A header that web forms cannot send is required' },
  not_found: { status: 404, title: 'There is nothing here' },
  conversation_not_found: { status: 404, title: 'There is no such conversation' },
  message_not_found: { status: 404, title: 'There is no such message' },
  run_not_found: { status: 404, title: 'There is no such run' },
  provider_not_found: { status: 404, title: 'There is no such provider' },
  request_timeout: { status: 408, title: 'The request took too long to arrive' },
  email_taken: { status: 409, title: 'There is an account with this e-mail address' },
  last_administrator: { status: 409, title: 'The last administrator must stay one' },
  too_many_keys: { status: 409, title: 'This account has as many API keys as it may' },
  provider_exists: { status: 409, title: 'There is a provider of this id already' },
  provider_not_editable: { status: 409, title: 'This provider is set in the environment' },
  run_in_progress: { status: 409, title: 'This conversation is being answered already' },
  events_expired: { status: 410, title: 'The events of this run are gone' },
  body_too_large: { status: 413, title: 'The body is too large' },
  unsupported_media_type: { status: 415, title: 'The body must be JSON' },
  invalid_body: { status: 422, title: 'The body must be a JSON object' },
  missing_field: { status: 422, title: 'A field is missing' },
  wrong_type: { status: 422, title: 'A field has the wrong type' },
  unknown_field: { status: 422, title: 'A field is not known' },
  empty: { status: 422, title: 'A text is empty' },
  too_long: { status: 422, title: 'A text is too long' },
  invalid_value: { status: 422, title: 'A field has a value that cannot be used' },
  nul_character: { status: 422, title: 'A text holds the character U+0000' },
  lone_surrogate: { status: 422, title: 'A text holds half of a surrogate pair' },
  unknown_provider: { status: 422, title: 'The provider is not known' },
  unknown_model: { status: 422, title: 'The model is not known' },
  cannot_continue: { status: 422, title: 'The answer cannot be continued' },
  idempotency_mismatch: { status: 422, title: 'The Idempotency-Key was used for another request' },
  weak_password: { status: 422, title: 'The password is too easy to guess' },
  wrong_password: { status: 422, title: 'The password is not right' },
  wrong_code: { status: 422, title: 'The code is not right' },
  hidden_characters: { status: 422, title: 'A text holds characters that cannot be seen' },
  template_tokens: { status: 422, title: 'A text holds marks that a model may take for its own' },
  rate_limited: { status: 429, title: 'Too much in too little time' },
  too_many_live_runs: { status: 429, title: 'Too many answers at once' },
  internal_error: { status: 500, title: 'Something went wrong on our side' },
  provider_failed: { status: 502, title: 'The model could not answer' },
  interrupted: { status: 503, title: 'The answer was interrupted' },
  overloaded: { status: 503, title: 'The server is busy' },
  storage_unavailable: { status: 503, title: 'The database is not available' },
  shutting_down: { status: 503, title: 'The server is about to stop' },
  provider_timeout: { status: 504, title: 'The model did not answer in time' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof PROBLEMS;

/** One field that was refused. */
export interface FieldProblem {
  /** JSON Pointer into the body, or the name of a query parameter. */
  readonly pointer: string;
  readonly code: ProblemCode;
  readonly detail: string;
}

/** RFC 9457 `application/problem+json`. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: ProblemCode;
  /** A sentence a person can act on. */
  readonly detail: string;
  readonly request_id: string;
  readonly errors?: readonly FieldProblem[];
  readonly run_id?: string;
  readonly conversation_id?: number;
  readonly message_id?: number;
  /** Text that was made before the failure, and is kept. */
  readonly partial?: string;
  /** Code of the run's error, when a run failed. */
  readonly run_error?: string;
}
