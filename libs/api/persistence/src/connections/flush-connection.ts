import { type OnApplicationShutdown } from '@nestjs/common';
import { OwnConnection } from './own-connection';

/** The connection of the group commit. Answers go on while the pool is exhausted by other questions. */
export class FlushConnection implements OnApplicationShutdown {
  private readonly connection: OwnConnection;

  /** `timeoutMs`: for one commit. */
  constructor(url: string, timeoutMs: number) {
    this.connection = new OwnConnection({ url, name: 'echov2 answers', timeoutMs });
  }

  /** One statement. */
  query<Row>(text: string, values: readonly unknown[]): Promise<Row[]> {
    return this.connection.query(text, values);
  }

  onApplicationShutdown(): Promise<void> {
    return this.connection.close();
  }
}
