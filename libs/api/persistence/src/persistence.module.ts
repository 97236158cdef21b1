import { type DynamicModule, Logger, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Database } from './database';
import { ConversationEntity } from './entities/conversation.entity';
import { MessageEntity } from './entities/message.entity';
import { RunEntity } from './entities/run.entity';
import { FirstLight1764000000000 } from './migrations/1764000000000-first-light';
import { ConversationStore } from './stores/conversation.store';
import { EventStore } from './stores/event.store';
import { MessageStore } from './stores/message.store';
import { ReplicaStore } from './stores/replica.store';
import { RunStore } from './stores/run.store';

export interface PersistenceSettings {
  /** `postgres://user:password@host:port/database` */
  readonly url: string;
  /** Connections of this process, at most. */
  readonly poolSize: number;
}

/** A paused process holds a transaction and its locks no longer than this. */
const IDLE_IN_TRANSACTION_MS = 3_000;

const STORES = [Database, ConversationStore, EventStore, MessageStore, ReplicaStore, RunStore];

/** Everything that knows SQL. */
@Module({})
export class PersistenceModule {
  static register(settings: PersistenceSettings): DynamicModule {
    const logger = new Logger('Database');
    return {
      module: PersistenceModule,
      imports: [
        TypeOrmModule.forRoot({
          type: 'postgres',
          url: settings.url,
          applicationName: 'echov2',
          entities: [ConversationEntity, MessageEntity, RunEntity],
          migrations: [FirstLight1764000000000],
          migrationsTableName: 'migration',
          synchronize: false,
          manualInitialization: true,
          parseInt8: true,
          logging: false,
          connectTimeoutMS: 5_000,
          poolErrorHandler: (error: Error) => logger.warn(`A database connection was lost: ${error.message}`),
          extra: { max: settings.poolSize, keepAlive: true, idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS },
        }),
      ],
      providers: STORES,
      exports: STORES,
    };
  }
}
