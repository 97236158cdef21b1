import { Client } from 'pg';

/** Milliseconds that a connection may take to open. */
export const CONNECT_MS = 5_000;
/** Statements that are prepared on each connection, at most. Ours are constants; a text that is put together anew each time must not fill the server's memory. */
const MAX_PREPARED = 100;

/** Text of a statement → the name it is prepared under. */
const names = new Map<string, string>();

/**
 * A connection that prepares each statement once, and that is given up when one is not answered within `query_timeout`. A network that swallows packets
 * says nothing: without this a statement would wait until the system gives up, some fifteen minutes later, and the pool would hand the dead connection to
 * the next one.
 */
export class BoundedClient extends Client {
  // `pg` declares seven forms of this; they all pass through.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- see above
  override query(...parameters: any[]): any {
    const [text, values, ...rest] = parameters as unknown[];
    const name = typeof text === 'string' && Array.isArray(values) && values.length > 0 ? nameOf(text) : undefined;
    const call = name === undefined ? parameters : [{ name, text, values }, ...rest];
    const answer: unknown = (super.query as (...all: unknown[]) => unknown).apply(this, call);
    if (answer instanceof Promise) answer.catch((error: unknown) => isReadTimeout(error) && this.drop());
    return answer;
  }

  /** Closes the socket at once; what waits for an answer fails. */
  drop(): void {
    (this as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
  }
}

function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= MAX_PREPARED) return known;
  const name = `echo_${names.size}`;
  names.set(text, name);
  return name;
}

function isReadTimeout(error: unknown): boolean {
  return error instanceof Error && error.message === 'Query read timeout';
}
