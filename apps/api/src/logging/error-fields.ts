/** What a log says of an error. */
export interface ErrorFields {
  readonly type: string;
  readonly code?: string;
  /** Absent where the message could repeat what somebody wrote. */
  readonly message?: string;
  /** Where it was thrown, without the message. */
  readonly stack?: string;
  readonly cause?: ErrorFields;
}

/** Errors of PostgreSQL about data repeat the data: 22 "data exception", 23 "integrity constraint violation". */
const ABOUT_DATA = /^2[23][0-9A-Z]{3}$/;
const DEPTH = 3;

/** An error as fields of a log line. Errors of the database carry statements, parameters and rows: none of these is taken over. */
export function errorFields(error: unknown, depth = DEPTH): ErrorFields {
  if (!(error instanceof Error)) return { type: typeof error };
  const code = codeOf(error);
  const stack = error.stack?.split('\n').filter((line) => /^\s+at /.test(line));
  return {
    type: error.constructor.name,
    ...(code === undefined ? {} : { code }),
    ...(repeatsData(error, code) ? {} : { message: error.message }),
    ...(stack?.length ? { stack: stack.join('\n') } : {}),
    ...(error.cause instanceof Error && depth > 0 ? { cause: errorFields(error.cause, depth - 1) } : {}),
  };
}

/** A JSON parser shows what it could not read. */
function repeatsData(error: Error, code: string | undefined): boolean {
  return error instanceof SyntaxError || (code !== undefined && ABOUT_DATA.test(code));
}

/** TypeORM wraps the driver's error, and copies its code. */
function codeOf(error: Error): string | undefined {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : undefined;
}
