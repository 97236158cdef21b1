/** The database cannot be reached or refuses to work now. Nothing was accepted. */
export class StorageUnavailableError extends Error {
  constructor(options?: ErrorOptions) {
    super('The database is not available.', options);
  }
}

/** Another replica declared this one dead and closed its runs: it must not write any more. */
export class ReplicaFencedError extends Error {
  constructor() {
    super('This replica was declared dead by another one.');
  }
}

/** The conversation is being answered. */
export class RunInProgressError extends Error {
  constructor(
    readonly runId: string,
    /** Whether its stop was asked for, so that it will end at once. */
    readonly stopping: boolean,
  ) {
    super(`The conversation is being answered by run ${runId}.`);
  }
}

/** There is no such row, or it is not the asker's. */
export class NotOwnedError extends Error {
  constructor(readonly what: 'conversation' | 'message' | 'run') {
    super(`There is no such ${what}.`);
  }
}

/** The key was used with another request. */
export class IdempotencyMismatchError extends Error {
  constructor() {
    super('The key was used with another request.');
  }
}

const CONNECTION_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH']);

/** SQLSTATE of an error that PostgreSQL sent, or the code of the socket's. */
export function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code ?? (error as { driverError?: { code?: unknown } } | null)?.driverError?.code;
  return typeof code === 'string' ? code : '';
}

/** Whether `error` says that the database is away, not that the statement was wrong. */
export function isUnavailable(error: unknown): boolean {
  const code = codeOf(error);
  if (CONNECTION_CODES.has(code)) return true;
  // 08 connection, 53 out of resources, 57P administrator shutdown, 57014 took longer than a statement may, 25P03 idle in transaction, 58 system error
  if (/^(08|53|57P|58)/.test(code) || code === '57014' || code === '25P03') return true;
  return (
    error instanceof Error &&
    /Query read timeout|timeout exceeded when trying to connect|Connection terminated|not queryable|DataSource is not set|No connection/i.test(
      error.message,
    )
  );
}

/** Whether the statement's own data was refused (SQLSTATE classes 22 and 23). */
export function isDataError(error: unknown): boolean {
  return /^2[23]/.test(codeOf(error));
}

/** The person has used up what they may have. */
export class AllowanceSpentError extends Error {
  constructor(
    readonly kind: 'messages' | 'live_runs',
    readonly limit: number,
    /** Until there is some again; undefined: nobody knows. */
    readonly seconds?: number,
  ) {
    super(`The allowance of ${limit} ${kind} is used up.`);
  }
}
