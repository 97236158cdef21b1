import { Refusal } from '@echo/api-security';
import { UnknownModelError, UnknownProviderError } from '@echo/api-providers';
import {
  AllowanceSpentError,
  IdempotencyMismatchError,
  NotOwnedError,
  ReplicaFencedError,
  RunInProgressError,
  StorageUnavailableError,
} from '@echo/api-persistence';

const NOT_FOUND = { conversation: 'conversation_not_found', message: 'message_not_found', run: 'run_not_found' } as const;

const MINUTE = 60;
/** Seconds after which an answer may have ended. */
const LIVE_RETRY = 5;

/** Says an error of the libraries below in the words of the API. Undefined: nobody expected it. */
export function translate(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error;
  if (error instanceof NotOwnedError) {
    return new Refusal(NOT_FOUND[error.what], `There is no such ${error.what}, or it is not yours.`);
  }
  if (error instanceof RunInProgressError) {
    return new Refusal('run_in_progress', 'This conversation is being answered. Wait for the answer or stop it, then send again.', {
      run_id: error.runId,
    });
  }
  if (error instanceof AllowanceSpentError) return spent(error);
  if (error instanceof IdempotencyMismatchError) {
    return new Refusal('idempotency_mismatch', 'This Idempotency-Key was sent with another request. Use a new key for a new request.');
  }
  if (error instanceof UnknownProviderError) {
    return Refusal.ofFields([{ pointer: '/provider', code: 'unknown_provider', detail: error.message }]);
  }
  if (error instanceof UnknownModelError) {
    return Refusal.ofFields([{ pointer: '/model', code: 'unknown_model', detail: error.message }]);
  }
  if (error instanceof StorageUnavailableError || error instanceof ReplicaFencedError) {
    return new Refusal('storage_unavailable', 'The database is not available. Nothing was sent; try again in a moment.', {}, 2, {
      cause: error,
    });
  }
  return undefined;
}

function spent({ kind, limit, seconds }: AllowanceSpentError): Refusal {
  if (kind === 'messages') {
    return new Refusal(
      'rate_limited',
      `${limit} messages a minute are possible. Send the next one in ${seconds ?? MINUTE} seconds.`,
      {},
      seconds ?? MINUTE,
    );
  }
  const answers = limit === 1 ? 'One answer is' : `${limit} answers are`;
  return new Refusal('too_many_live_runs', `${answers} possible at the same time. Wait for one to end, or stop it.`, {}, LIVE_RETRY);
}
