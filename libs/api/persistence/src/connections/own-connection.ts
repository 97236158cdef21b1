import { type OnApplicationShutdown } from '@nestjs/common';
import { StorageUnavailableError, isUnavailable } from '../errors';
import { BoundedClient, CONNECT_MS } from './bounded-client';

/** Milliseconds for an orderly end. */
const FAREWELL_MS = 1_000;

export interface OwnConnectionOptions {
  readonly url: string;
  /** What the database's administrator reads beside it. */
  readonly name: string;
  /** Milliseconds that a statement may take; then the connection is given up. */
  readonly timeoutMs: number;
  /** Runs on every new connection before anything else. */
  readonly onOpen?: (client: BoundedClient) => Promise<void>;
}

/** One connection beside the pool, for what must get through however busy the pool is. Opened when it is used, and again after it was lost. */
export class OwnConnection implements OnApplicationShutdown {
  private opening: Promise<BoundedClient> | undefined;
  private isClosed = false;

  constructor(private readonly options: OwnConnectionOptions) {}

  /** One statement. Throws `StorageUnavailableError` when there is no connection or no answer in time. */
  async query<Row>(text: string, values: readonly unknown[]): Promise<Row[]> {
    const opening = this.open();
    try {
      const answer = (await (await opening).query(text, [...values])) as { rows: Row[] };
      return answer.rows;
    } catch (error) {
      if (!isUnavailable(error)) throw error;
      if (!isOfStatementAlone(error)) await this.giveUp(opening);
      throw new StorageUnavailableError({ cause: error });
    }
  }

  private open(): Promise<BoundedClient> {
    if (this.isClosed) return Promise.reject(new StorageUnavailableError());
    return (this.opening ??= this.connect());
  }

  /** Ends it for good. */
  async onApplicationShutdown(): Promise<void> {
    this.isClosed = true;
    const client = await this.opening?.catch(() => undefined); // Never opened: nothing to close.
    if (!client) return;
    // The farewell of a connection that is not heard any more would be waited for in vain.
    const patience = setTimeout(() => client.drop(), FAREWELL_MS);
    await client.end();
    clearTimeout(patience);
  }

  private async connect(): Promise<BoundedClient> {
    const { url, name, timeoutMs, onOpen } = this.options;
    const client = new BoundedClient({
      connectionString: url,
      application_name: name,
      connectionTimeoutMillis: CONNECT_MS,
      query_timeout: timeoutMs,
      keepAlive: true,
    });
    const opening = (async () => {
      try {
        await client.connect();
        await onOpen?.(client);
        return client;
      } catch (error) {
        client.drop();
        throw error;
      }
    })();
    // The statement under way is told by its own rejection; without a listener the event would end the process.
    client.on('error', () => this.forget(opening)).on('end', () => this.forget(opening));
    return opening;
  }

  /** One that was only forgotten would stay open at the server, one more for each failure. */
  private async giveUp(opening: Promise<BoundedClient>): Promise<void> {
    this.forget(opening);
    const client = await opening.catch(() => undefined); // It was never open.
    client?.drop();
  }

  /** The next statement opens another one. */
  private forget(opening: Promise<BoundedClient>): void {
    if (this.opening === opening) this.opening = undefined;
  }
}

/** A full disk fails the statement; the connection that says so is as good as before. */
function isOfStatementAlone(error: unknown): boolean {
  return (error as { severity?: unknown }).severity === 'ERROR';
}
