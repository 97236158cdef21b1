import { type DynamicModule, Logger, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ApiKeyStore } from './accounts/api-key.store';
import { EnrolmentStore } from './accounts/enrolment.store';
import { IdentityStore } from './accounts/identity.store';
import { OneTimeLinkStore } from './accounts/one-time-link.store';
import { SecondFactorStore } from './accounts/second-factor.store';
import { SessionStore } from './accounts/session.store';
import { StandingStore } from './accounts/standing.store';
import { UserStore } from './accounts/user.store';
import { BoundedClient, CONNECT_MS } from './connections/bounded-client';
import { FlushConnection } from './connections/flush-connection';
import { RunNotices } from './connections/run-notices';
import { Database } from './database';
import { ConversationEntity } from './entities/conversation.entity';
import { MessageEntity } from './entities/message.entity';
import { ProviderEntity } from './entities/provider.entity';
import { RunEntity } from './entities/run.entity';
import { RateLimits } from './limits/rate-limits';
import { FirstLight1764000000000 } from './migrations/1764000000000-first-light';
import { Providers1764200000000 } from './migrations/1764200000000-providers';
import { Audit1764300000000 } from './migrations/1764300000000-audit';
import { Accounts1764350000000 } from './migrations/1764350000000-accounts';
import { SingleSignOn1764450000000 } from './migrations/1764450000000-single-sign-on';
import { RateLimits1764500000000 } from './migrations/1764500000000-rate-limits';
import { PromptFindings1764550000000 } from './migrations/1764550000000-prompt-findings';
import { Ledger1764600000000 } from './migrations/1764600000000-ledger';
import { MessageAllowance1764560000000 } from './migrations/1764560000000-message-allowance';
import { AllowanceStore } from './limits/allowance.store';
import { AuditLog } from './stores/audit-log';
import { AuditStore } from './stores/audit.store';
import { ConversationStore } from './stores/conversation.store';
import { EventStore } from './stores/event.store';
import { LedgerStore } from './stores/ledger.store';
import { MessageStore } from './stores/message.store';
import { ProviderStore } from './stores/provider.store';
import { ReplicaStore } from './stores/replica.store';
import { RunStore } from './stores/run.store';
import { SealedTextStore } from './stores/sealed-text.store';
import { SettingStore } from './stores/setting.store';

export interface PersistenceSettings {
  /** `postgres://user:password@host:port/database` */
  readonly url: string;
  /** Connections of this process, at most. */
  readonly poolSize: number;
}

/** A paused process holds a transaction and its locks no longer than this. */
const IDLE_IN_TRANSACTION_MS = 3_000;

/** Milliseconds for any statement of the pool: on the server, and a little later here, where the server is not heard any more. */
const STATEMENT_MS = 20_000;
const UNHEARD_MS = 25_000;
/** Milliseconds for one group commit. Shorter: what it holds is waited for on screens. */
const FLUSH_MS = 5_000;

const STORES = [
  Database,
  AllowanceStore,
  ApiKeyStore,
  AuditLog,
  AuditStore,
  ConversationStore,
  EnrolmentStore,
  IdentityStore,
  EventStore,
  LedgerStore,
  MessageStore,
  OneTimeLinkStore,
  ProviderStore,
  RateLimits,
  ReplicaStore,
  RunStore,
  SealedTextStore,
  SecondFactorStore,
  SessionStore,
  SettingStore,
  StandingStore,
  UserStore,
];

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
          entities: [ConversationEntity, MessageEntity, ProviderEntity, RunEntity],
          migrations: [
            FirstLight1764000000000,
            Providers1764200000000,
            Audit1764300000000,
            Accounts1764350000000,
            SingleSignOn1764450000000,
            RateLimits1764500000000,
            PromptFindings1764550000000,
            MessageAllowance1764560000000,
            Ledger1764600000000,
          ],
          migrationsTableName: 'migration',
          synchronize: false,
          manualInitialization: true,
          parseInt8: true,
          logging: false,
          connectTimeoutMS: CONNECT_MS,
          poolErrorHandler: (error: Error) => logger.warn(`A database connection was lost: ${error.message}`),
          extra: {
            Client: BoundedClient,
            max: settings.poolSize,
            keepAlive: true,
            idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
            statement_timeout: STATEMENT_MS,
            query_timeout: UNHEARD_MS,
          },
        }),
      ],
      providers: [
        ...STORES,
        { provide: RunNotices, useFactory: () => new RunNotices(settings.url) },
        {
          provide: FlushConnection,
          useFactory: () => new FlushConnection({ url: settings.url, name: 'echov2 answers', timeoutMs: FLUSH_MS }),
        },
      ],
      exports: [...STORES, RunNotices],
    };
  }
}
