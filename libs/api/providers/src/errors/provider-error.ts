import { type RunErrorCode } from '@echo/contract';

/** Everything that can go wrong with a provider. `truncated`: it ended in the middle; `protocol`: its bytes are not a model's answer. */
export const PROVIDER_ERROR_KINDS = [
  'auth',
  'quota',
  'rate_limit',
  'overloaded',
  'context_length',
  'not_found',
  'bad_request',
  'server',
  'network',
  'timeout',
  'truncated',
  'protocol',
  'filter',
  'aborted',
] as const;
export type ProviderErrorKind = (typeof PROVIDER_ERROR_KINDS)[number];

export interface ProviderErrorDetails {
  /** HTTP status of the provider's answer. */
  readonly status?: number;
  /** Milliseconds that the provider asked us to wait. */
  readonly retryAfterMs?: number;
  /** What the provider said: at most 200 characters, without keys. For an operator's log, never for a person's screen. */
  readonly logDetail?: string;
  readonly cause?: unknown;
}

const RETRYABLE: ReadonlySet<ProviderErrorKind> = new Set<ProviderErrorKind>([
  'rate_limit',
  'overloaded',
  'server',
  'network',
  'timeout',
  'truncated',
]);

/** The one error that a `LanguageModel` throws. Its message is a sentence a person can act on: never the provider's body, never a key. */
export class ProviderError extends Error {
  override readonly name = 'ProviderError';
  /** Whether the same request may succeed later. */
  readonly retryable: boolean;
  readonly status?: number;
  readonly retryAfterMs?: number;
  readonly logDetail?: string;

  constructor(
    readonly kind: ProviderErrorKind,
    message: string,
    details: ProviderErrorDetails = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.retryable = RETRYABLE.has(kind);
    this.status = details.status;
    this.retryAfterMs = details.retryAfterMs;
    this.logDetail = details.logDetail;
  }
}

const CODES: Record<ProviderErrorKind, RunErrorCode> = {
  auth: 'provider_auth',
  quota: 'provider_quota',
  rate_limit: 'provider_rate_limited',
  overloaded: 'provider_overloaded',
  context_length: 'provider_context_length',
  not_found: 'provider_not_found',
  bad_request: 'provider_bad_request',
  server: 'provider_server_error',
  network: 'provider_unreachable',
  timeout: 'provider_timeout',
  truncated: 'provider_stream_truncated',
  protocol: 'provider_protocol',
  filter: 'provider_filtered',
  aborted: 'interrupted',
};

/** The code under which an error of this kind is stored and shown. */
export function runErrorCodeOf(kind: ProviderErrorKind): RunErrorCode {
  return CODES[kind];
}
