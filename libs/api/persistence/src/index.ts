export { AlreadySetUpError, EmailTakenError, LastAdministratorError, LinkExpiredError, TooManyKeysError } from './accounts/account-errors';
export { type ApiKeyRow, ApiKeyStore } from './accounts/api-key.store';
export { EnrolmentStore, type NewUser } from './accounts/enrolment.store';
export { type EndedSessions, type IdentityRow, IdentityStore } from './accounts/identity.store';
export { type InvitationRow, OneTimeLinkStore } from './accounts/one-time-link.store';
export { type UserRow } from './accounts/people.sql';
export { SecondFactorStore } from './accounts/second-factor.store';
export { type BearerRow, SESSION_SECONDS, type SessionRow, SessionStore } from './accounts/session.store';
export { StandingStore } from './accounts/standing.store';
export { type SignInRow, type UserChanges, type UserFilter, UserStore } from './accounts/user.store';
export { RunNotices } from './connections/run-notices';
export { Database, type PoolState } from './database';
export { type DataDirLock, lockDataDir } from './embedded/data-dir-lock';
export { type EmbeddedPostgres, type EmbeddedPostgresOptions, startEmbeddedPostgres } from './embedded/embedded-postgres';
export { DataDirInUseError, EmbeddedPostgresError } from './embedded/embedded-postgres.error';
export { ConversationEntity } from './entities/conversation.entity';
export { MessageEntity } from './entities/message.entity';
export { ProviderEntity, type ProviderRow } from './entities/provider.entity';
export { RunEntity } from './entities/run.entity';
export {
  AllowanceSpentError,
  IdempotencyMismatchError,
  isDataError,
  NotOwnedError,
  ReplicaFencedError,
  RunInProgressError,
  StorageUnavailableError,
} from './errors';
export { AllowanceStore } from './limits/allowance.store';
export { type PersonalLimits } from './limits/take-allowance';
export { type RateLimit, type RateStanding } from './limits/rate-limit';
export { RateLimits } from './limits/rate-limits';
export { PersistenceModule, type PersistenceSettings } from './persistence.module';
export { dataSourceOptions } from './schema/data-source-options';
export { migrateSchema, statementsOf } from './schema/migrate';
export { type DatabaseState, readDatabase } from './schema/read-database';
export { SchemaNewerError, type SchemaState } from './schema/schema-state';
export { AuditLog } from './stores/audit-log';
export { type AuditActor, type AuditEvent, type AuditFilter, AuditStore } from './stores/audit.store';
export {
  ConversationStore,
  type ConversationChanges,
  type ConversationFilter,
  type FoundConversation,
  type ListedConversation,
  type ListPosition,
} from './stores/conversation.store';
export { EventStore, type FlushResult, type StoredEvent } from './stores/event.store';
export { type LedgerFilter, LedgerStore, type LedgerSum, type LedgerUser } from './stores/ledger.store';
export { type GivenMessage, type HistoryMessage, MessageStore, type MessageWithRun } from './stores/message.store';
export { ProviderStore } from './stores/provider.store';
export { type Lease, ReplicaStore } from './stores/replica.store';
export { type Answering } from './stores/left-run';
export { type AcceptedRun, type NewRun, type Past, type RunEnd, RunStore } from './stores/run.store';
export { SealedTextStore, type SealedPlace } from './stores/sealed-text.store';
export { SettingStore } from './stores/setting.store';
