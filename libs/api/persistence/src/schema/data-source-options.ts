import { Logger } from '@nestjs/common';
import { type DataSourceOptions } from 'typeorm';
import { BoundedClient, CONNECT_MS } from '../connections/bounded-client';
import { ConversationEntity } from '../entities/conversation.entity';
import { MessageEntity } from '../entities/message.entity';
import { ProviderEntity } from '../entities/provider.entity';
import { RunEntity } from '../entities/run.entity';
import { MIGRATIONS, MIGRATIONS_TABLE } from './migrations';

/** A paused process holds a transaction and its locks no longer than this. */
const IDLE_IN_TRANSACTION_MS = 3_000;

/** Milliseconds for any statement of the pool: on the server, and a little later here, where the server is not heard any more. */
const STATEMENT_MS = 20_000;
const UNHEARD_MS = 25_000;

/** How TypeORM talks to the database. */
export function dataSourceOptions({ url, poolSize }: { readonly url: string; readonly poolSize: number }): DataSourceOptions {
  const logger = new Logger('Database');
  return {
    type: 'postgres',
    url,
    applicationName: 'echov2',
    entities: [ConversationEntity, MessageEntity, ProviderEntity, RunEntity],
    migrations: [...MIGRATIONS],
    migrationsTableName: MIGRATIONS_TABLE,
    synchronize: false,
    parseInt8: true,
    logging: false,
    connectTimeoutMS: CONNECT_MS,
    poolErrorHandler: (error: Error) => logger.warn(`A database connection was lost: ${error.message}`),
    extra: {
      Client: BoundedClient,
      max: poolSize,
      keepAlive: true,
      idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
      statement_timeout: STATEMENT_MS,
      query_timeout: UNHEARD_MS,
    },
  };
}
