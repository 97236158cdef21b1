import { isRecord, type JsonRecord } from '../transport/json';
import { type ProviderError, type ProviderErrorKind } from './provider-error';
import { providerFault } from './provider-fault';

/** What a provider said about a failure, in whatever shape it said it. */
export interface FailureReport {
  readonly message: string;
  /** `code`, `type` and `status` of the report, joined. */
  readonly codes: string;
  /** Those of `codes` that are no sentences. */
  readonly logCodes?: string;
  /** The request's field that it blames, or ''. */
  readonly param: string;
  /** A status inside the report, which counts when the HTTP status was 200. */
  readonly status?: number;
  /** Milliseconds to wait (Gemini says so here and not in a header). */
  readonly retryAfterMs?: number;
}

/** Reads a report from JSON: `{error: {message, code}}`, `{error: "…"}`, `{message}`, `{detail}`, or an array of one of these (Gemini). */
export function readFailureReport(body: unknown): FailureReport | undefined {
  const outer: unknown = Array.isArray(body) ? body[0] : body;
  if (!isRecord(outer)) return undefined;
  const inner = outer['error'] ?? outer;
  if (typeof inner === 'string') return report(inner, outer);
  if (!isRecord(inner)) return undefined;
  const said = text(inner['message']) || text(inner['detail']) || text(inner['error']) || validation(inner['detail']);
  return said === '' && inner === outer ? undefined : report(said, inner);
}

/**
 * The error for an answer with an HTTP status that is not 200, or for a failure reported inside a stream. `secrets` never reach its text. The log gets the
 * codes of the report only: its sentences may quote what somebody wrote.
 */
export function answerFault(
  provider: string,
  status: number | undefined,
  body: unknown,
  secrets: readonly string[],
  retryAfterMs?: number,
): ProviderError {
  const failure = readFailureReport(body);
  const counted = status !== undefined && status >= 400 ? status : failure?.status;
  const said = failure === undefined ? '' : `${failure.codes} ${failure.message}`;
  const logDetail = (failure && logExcerpt(failure.logCodes ?? '', secrets)) || undefined;
  const wait = retryAfterMs ?? failure?.retryAfterMs;
  return providerFault(kindOf(counted, said.slice(0, 4_000)), provider, { status: counted, retryAfterMs: wait, logDetail });
}

/** At most 200 visible characters of `text`, without keys. */
export function logExcerpt(text: string, secrets: readonly string[]): string {
  let safe = text;
  for (const secret of secrets) if (secret.length > 3) safe = safe.replaceAll(secret, '***');
  // Vendors quote a part of the key that they refuse.
  safe = safe.replace(/\b(sk|pk|gsk|xai|AIza|Bearer)[-_ ]?[\w*.-]{6,}/g, '***');
  return safe
    .replace(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
    .slice(0, 200);
}

/** The words of a report weigh more than the status: vendors disagree about statuses. */
function kindOf(status: number | undefined, said: string): ProviderErrorKind {
  if (
    /context[_ ]?(length|window|size|limit)|maximum context|prompt is too long|request_too_large|token count .{0,40}exceeds|too many (input )?tokens|reduce the length/i.test(
      said,
    )
  )
    return 'context_length';
  // Gemini calls a limit for each minute a quota as well.
  if (/PerMinute/.test(said)) return 'rate_limit';
  // Not the word billing alone: OpenAI's rate limits end with a link to it.
  if (
    /insufficient[_ ](quota|balance|credits|funds)|exceeded your current quota|credit balance|billing_(hard_limit|not_active|error)/i.test(
      said,
    )
  )
    return 'quota';
  if (
    /invalid[_ ]api[_ ]key|incorrect api key|api key (not valid|expired|is invalid)|API_KEY_INVALID|authentication_error|unauthori[sz]ed|UNAUTHENTICATED|permission_(error|denied)/i.test(
      said,
    )
  )
    return 'auth';
  if (/content_filter|content management policy|content_policy|flagged/i.test(said)) return 'filter';
  if (/rate[_ ]limit|RESOURCE_EXHAUSTED/i.test(said)) return 'rate_limit';
  if (/overloaded|no_capacity|loading model|UNAVAILABLE/i.test(said)) return 'overloaded';
  if (/model_not_found|not_found_error|DeploymentNotFound|\bmodel\b.{0,100} not found/i.test(said)) return 'not_found';
  return status === undefined ? kindOfCode(said) : kindOfStatus(status);
}

/** A failure that was reported inside an answer has no status; its own word says as much. */
function kindOfCode(said: string): ProviderErrorKind {
  if (/invalid_request|INVALID_ARGUMENT|FAILED_PRECONDITION|invalid_prompt/i.test(said)) return 'bad_request';
  return /timeout_error|DEADLINE_EXCEEDED/i.test(said) ? 'timeout' : 'server';
}

function kindOfStatus(status: number): ProviderErrorKind {
  switch (status) {
    case 401:
    case 403:
      return 'auth';
    case 402:
      return 'quota';
    case 404:
    case 410:
      return 'not_found';
    case 408:
    case 504:
    case 524:
      return 'timeout';
    case 409:
    case 503:
    case 529:
      return 'overloaded';
    case 413:
      return 'context_length';
    case 429:
      return 'rate_limit';
    default:
      return status >= 500 ? 'server' : 'bad_request';
  }
}

function report(message: string, source: JsonRecord): FailureReport {
  const details = Array.isArray(source['details']) ? source['details'].filter(isRecord) : [];
  const all: unknown[] = [source['code'], source['type'], source['status'], ...details.flatMap(detailCodes)];
  const codes = all.filter((code) => typeof code === 'string' || typeof code === 'number');
  const status = [source['code'], source['status'], source['statusCode']].map(Number).find((code) => code >= 400 && code < 600);
  const [, delay] = details.map(({ retryDelay }) => /^(\d+(?:\.\d+)?)s$/.exec(text(retryDelay))).find((found) => found !== null) ?? [];
  return {
    message,
    codes: codes.join(' '),
    logCodes: codes.filter((code) => /^[\w.-]{1,64}$/.test(String(code))).join(' '),
    param: text(source['param']),
    status,
    ...(delay === undefined ? {} : { retryAfterMs: Math.ceil(Number(delay) * 1000) }),
  };
}

/** Google's details: why (`API_KEY_INVALID`), and which limits were passed (`…PerMinute…`). */
function detailCodes({ reason, violations }: JsonRecord): unknown[] {
  return [reason, ...(Array.isArray(violations) ? violations.filter(isRecord).map(({ quotaId }) => quotaId) : [])];
}

/** FastAPI's list of what it did not like. */
function validation(detail: unknown): string {
  if (!Array.isArray(detail)) return '';
  return detail
    .filter(isRecord)
    .map((entry) => `${Array.isArray(entry['loc']) ? entry['loc'].join('.') : ''}: ${text(entry['msg'])}`)
    .join('; ');
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
