import { Client } from 'pg';

/** Milliseconds that a connection may take to open. */
export const CONNECT_MS = 5_000;

/**
 * A connection that is given up when a statement is not answered within `query_timeout`. A network that swallows packets says nothing: without this
 * a statement would wait until the system gives up, some fifteen minutes later, and the pool would hand the dead connection to the next one.
 */
export class BoundedClient extends Client {
  // `pg` declares seven forms of this; they all pass through.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- see above
  override query(...parameters: any[]): any {
    const answer: unknown = (super.query as (...all: unknown[]) => unknown).apply(this, parameters);
    if (answer instanceof Promise) answer.catch((error: unknown) => isReadTimeout(error) && this.drop());
    return answer;
  }

  /** Closes the socket at once; what waits for an answer fails. */
  drop(): void {
    (this as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
  }
}

/** Whether `error` is `pg`'s own word for a statement that was not answered in time. */
export function isReadTimeout(error: unknown): boolean {
  return error instanceof Error && error.message === 'Query read timeout';
}
