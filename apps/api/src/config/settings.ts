import { type AccountsSettings } from '@echo/api-accounts';
import { type ChatSettings } from '@echo/api-chat';
import { type PersistenceSettings } from '@echo/api-persistence';
import { type ProvidersSettings } from '@echo/api-providers';
import { type SiteSettings } from '@echo/api-security';
import { type LogSettings } from '../logging/log-settings';

/** Where and what is told about how the server is doing. */
export interface MetricsSettings {
  /** Who sends it may read the metrics from anywhere. */
  readonly token?: string;
  /** Whether programs on this machine may read them without a token. */
  readonly isOpenLocally: boolean;
}

/** Where traces go, and which. */
export interface TracingSettings {
  /** The whole address, `/v1/traces` included. */
  readonly url: string;
  readonly protocol: 'http/protobuf' | 'http/json';
  readonly headers: Readonly<Record<string, string>>;
  readonly serviceName: string;
  /** What the operator says of this server beside its name. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly sampler: `${'parentbased_' | ''}${'always_on' | 'always_off' | 'traceidratio'}`;
  /** Of the samplers by ratio: which part of the traces is kept, from 0 to 1. */
  readonly ratio: number;
  /** Milliseconds between two parcels. */
  readonly parcelMs: number;
}

/** What seals the secrets in the database. */
export interface SealingSettings {
  /** Absent: the one in the data folder, made when it is needed. */
  readonly masterKey?: string;
  /** What was sealed by these is sealed anew at the start. */
  readonly previousKeys: readonly string[];
  readonly dataDir: string;
}

/** Whose word counts for where a request came from, as Express takes it: nobody's, so many proxies before us, or those at these addresses. */
export type TrustedProxy = false | number | readonly string[];

/** Everything the operator decided, in slices: a part of the application gets its own and sees no other. */
export interface Settings {
  readonly listen: { readonly host: string; readonly port: number };
  readonly accounts: AccountsSettings;
  readonly proxy: TrustedProxy;
  readonly site: SiteSettings;
  readonly database: { readonly url: string | undefined; readonly dataDir: string; readonly poolSize: number };
  readonly sealing: SealingSettings;
  readonly logging: LogSettings;
  readonly metrics: MetricsSettings;
  /** Undefined: there are none. */
  readonly tracing: TracingSettings | undefined;
  readonly providers: ProvidersSettings;
  readonly chat: Pick<
    ChatSettings,
    'maxPromptChars' | 'promptGuard' | 'perPerson' | 'maxLiveRuns' | 'maxQueuedRuns' | 'eventRetentionSeconds' | 'drainSeconds'
  >;
}

/** What a started application needs to know: the settings, and the database that was found or started. */
export interface AppSettings {
  readonly accounts: AccountsSettings;
  readonly proxy: TrustedProxy;
  readonly site: SiteSettings;
  readonly metrics: MetricsSettings;
  readonly persistence: PersistenceSettings;
  readonly sealing: SealingSettings;
  readonly providers: ProvidersSettings;
  readonly chat: ChatSettings;
}
