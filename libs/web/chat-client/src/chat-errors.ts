import { RUN_ERROR_CODES, type RunError, type RunErrorCode } from '@echo/contract';
import { type ApiProblem } from './api-problem';
import { type ChatError, type ChatErrorAction } from './chat-status';
import { isPassing } from './passing-faults';

/** Failures that the same request meets again. */
const LASTING: readonly RunErrorCode[] = [
  'provider_auth',
  'provider_quota',
  'provider_context_length',
  'provider_not_found',
  'provider_bad_request',
  'provider_filtered',
  'output_too_long',
];

/** A refusal, or a fault of the network, as it is shown. `next`: what can be done where the same may succeed later. */
export function errorOfProblem(problem: ApiProblem, next: 'retry' | 'reload'): ChatError {
  const retryable = isPassing(problem) || problem.code === 'run_in_progress';
  return {
    message: problem.message,
    code: problem.code,
    retryable,
    action: retryable ? next : actionFor(problem.status),
    ...(problem.retryAfterMs === undefined ? {} : { retryAfterMs: problem.retryAfterMs }),
    ...(problem.problem ? { requestId: problem.problem.request_id } : {}),
  };
}

/** Why a run ended without an answer, as it is shown. */
export function errorOfRun({ message, code, retryable }: RunError): ChatError {
  return { message, code, retryable, action: retryable ? 'regenerate' : 'none' };
}

/** The run's own error in the problem that a whole answer failed with; undefined when no run was made. */
export function runErrorOf({ problem, status, message }: ApiProblem): RunError | undefined {
  if (problem?.run_id === undefined || status < 500) return undefined;
  const code = [problem.run_error, problem.code].find(isRunErrorCode) ?? 'internal_error';
  return { code, message, retryable: !LASTING.includes(code) };
}

function isRunErrorCode(code: string | undefined): code is RunErrorCode {
  return (RUN_ERROR_CODES as readonly (string | undefined)[]).includes(code);
}

/** Who is not let in, or looks for what is gone, sees more after a reload; what is wrong with the request itself stays wrong. */
function actionFor(status: number): ChatErrorAction {
  return [401, 403, 404].includes(status) ? 'reload' : 'none';
}
