import { type ChatSettings } from '@echo/api-chat';
import { type PersistenceSettings } from '@echo/api-persistence';
import { type ProvidersSettings } from '@echo/api-providers';
import { type SiteSettings } from '@echo/api-security';

/** Everything the operator decided, in slices: a part of the application gets its own and sees no other. */
export interface Settings {
  readonly listen: { readonly host: string; readonly port: number };
  readonly site: SiteSettings;
  readonly database: { readonly url: string | undefined; readonly dataDir: string; readonly poolSize: number };
  readonly providers: ProvidersSettings;
  readonly chat: Pick<ChatSettings, 'maxPromptChars' | 'maxLiveRuns' | 'maxQueuedRuns' | 'eventRetentionSeconds' | 'drainSeconds'>;
}

/** What a started application needs to know: the settings, and the database that was found or started. */
export interface AppSettings {
  readonly site: SiteSettings;
  readonly persistence: PersistenceSettings;
  readonly providers: ProvidersSettings;
  readonly chat: ChatSettings;
}
