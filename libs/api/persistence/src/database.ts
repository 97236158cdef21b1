import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { type Pool } from 'pg';
import { DataSource, type EntityManager } from 'typeorm';
import { closeSource } from './close-source';
import { migrateSchema } from './schema/migrate';
import { SchemaNewerError } from './schema/schema-state';
import { isUnavailable, StorageUnavailableError } from './errors';

const RETRY_MS = 1_000;

/** How busy the connections of the pool are. */
export interface PoolState {
  readonly max: number;
  readonly open: number;
  readonly idle: number;
  /** Questions that wait for a connection. */
  readonly waiting: number;
}

/** The connection pool. It connects and migrates in the background; until then, and while the database is away, every call fails with `StorageUnavailableError`. */
@Injectable()
export class Database implements OnApplicationShutdown {
  private readonly logger = new Logger(Database.name);
  private closing = false;
  private migrated = false;
  private connecting: Promise<void> = Promise.resolve();
  private close!: () => void;
  private readonly closed = new Promise<void>((resolve) => (this.close = resolve));

  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** Whether it was reached and its schema is ours. */
  get ready(): boolean {
    return this.migrated && !this.closing;
  }

  /**
   * Tries until the database is there and migrated. Ends without either only when the application is closed.
   * @throws SchemaNewerError where a newer release migrated it: that does not pass by itself.
   */
  connect(): Promise<void> {
    this.connecting = this.tryToConnect();
    return this.connecting;
  }

  get pool(): PoolState {
    const { master } = this.dataSource.driver as unknown as { master?: Pool };
    if (!master) return { max: 0, open: 0, idle: 0, waiting: 0 };
    return { max: master.options.max, open: master.totalCount, idle: master.idleCount, waiting: master.waitingCount };
  }

  /** Whether a statement gets through now. */
  async ping(): Promise<boolean> {
    if (!this.ready) return false;
    return this.query('select 1').then(
      () => true,
      () => false,
    );
  }

  /** One statement. */
  async query<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    return this.guard(() => this.dataSource.query<Row[]>(sql, [...parameters]));
  }

  /** All or nothing. A process that is paused inside it loses its transaction after 3 s, so that it cannot hold locks. */
  async transaction<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.guard(() => this.dataSource.transaction(work));
  }

  /** The entity manager, for questions that TypeORM answers. */
  async run<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.guard(() => work(this.dataSource.manager));
  }

  async onApplicationShutdown(): Promise<void> {
    this.closing = true;
    this.close();
    // Why it could not be used was told to whoever connected.
    await this.connecting.catch(() => undefined);
    if (this.dataSource.isInitialized) await closeSource(this.dataSource);
  }

  private async tryToConnect(): Promise<void> {
    let told = '';
    while (!this.closing && !this.migrated) {
      try {
        if (!this.dataSource.isInitialized) await this.dataSource.initialize();
        await migrateSchema(this.dataSource.options);
        this.migrated = true;
      } catch (error) {
        if (error instanceof SchemaNewerError) throw error;
        // The database may come later than we do: any reason is told once and tried again.
        const reason = error instanceof Error ? error.message : String(error);
        if (reason !== told && !this.closing) this.logger.warn(`The database is not ready: ${reason}. Trying again each second.`);
        told = reason;
        if (!this.closing) await Promise.race([new Promise((resolve) => setTimeout(resolve, RETRY_MS).unref()), this.closed]);
      }
    }
  }

  private async guard<T>(work: () => Promise<T>): Promise<T> {
    if (!this.migrated) throw new StorageUnavailableError();
    try {
      return await work();
    } catch (error) {
      if (isUnavailable(error)) throw new StorageUnavailableError({ cause: error });
      throw error;
    }
  }
}
