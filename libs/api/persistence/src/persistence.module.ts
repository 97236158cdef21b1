import { type DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ApiKeyStore } from './accounts/api-key.store';
import { EnrolmentStore } from './accounts/enrolment.store';
import { IdentityStore } from './accounts/identity.store';
import { OneTimeLinkStore } from './accounts/one-time-link.store';
import { SecondFactorStore } from './accounts/second-factor.store';
import { SessionStore } from './accounts/session.store';
import { StandingStore } from './accounts/standing.store';
import { UserStore } from './accounts/user.store';
import { FlushConnection } from './connections/flush-connection';
import { RunNotices } from './connections/run-notices';
import { Database } from './database';
import { RateLimits } from './limits/rate-limits';
import { AllowanceStore } from './limits/allowance.store';
import { dataSourceOptions } from './schema/data-source-options';
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
    return {
      module: PersistenceModule,
      imports: [TypeOrmModule.forRoot({ ...dataSourceOptions(settings), manualInitialization: true })],
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
