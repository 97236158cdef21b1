import { type ProviderEntity, ProviderStore, RunNotices, SettingStore } from '@echo/api-persistence';
import { ModelRegistry, type ProviderSettings, WIRES } from '@echo/api-providers';
import { UnsealError } from '@echo/api-security';
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { settingsOf } from './providers/draft';
import { ProviderSecrets } from './providers/provider-secrets';
import { MODEL_RULES, readRules } from './rules/rules';

/** Milliseconds between two looks, in case a notice was lost. */
const LOOK_MS = 5_000;

/** Brings what administrators set to the model registry of this replica, at the start and whenever any replica changes it. */
@Injectable()
export class SettingsWatch implements OnApplicationShutdown {
  private readonly logger = new Logger(SettingsWatch.name);
  private readonly unlisten: () => void;
  private timer: NodeJS.Timeout | undefined;
  private version: number | undefined;
  private loading: Promise<void> = Promise.resolve();

  constructor(
    private readonly providers: ProviderStore,
    private readonly settings: SettingStore,
    private readonly secrets: ProviderSecrets,
    private readonly registry: ModelRegistry,
    notices: RunNotices,
  ) {
    this.unlisten = notices.listenToSettings(() => void this.look());
  }

  /** Reads everything for the first time, and goes on looking. */
  async start(): Promise<void> {
    await this.load();
    this.timer = setInterval(() => void this.look(), LOOK_MS);
  }

  onApplicationShutdown(): void {
    this.unlisten();
    clearInterval(this.timer);
  }

  /** Reads what was changed, if anything was; one reading after the other. */
  load(): Promise<void> {
    return (this.loading = this.loading.catch(() => undefined).then(() => this.read()));
  }

  private async look(): Promise<void> {
    // Before the first reading the database may not be there.
    if (this.version === undefined) return;
    try {
      await this.load();
    } catch (error) {
      // The database is away: what is known holds until it is back.
      this.logger.debug(`Settings could not be read: ${String(error)}`);
    }
  }

  private async read(): Promise<void> {
    // The version first: a change that comes while the rest is read is seen at the next look.
    const version = await this.settings.version();
    if (version === this.version) return;
    const [rows, values] = await Promise.all([this.providers.list(), this.settings.all()]);
    const { default_model, fallbacks, user_models } = readRules(values.get(MODEL_RULES));
    const providers = rows.filter(({ enabled }) => enabled).flatMap((row) => this.open(row) ?? []);
    this.registry.use({ providers, fallbacks, defaultModel: default_model, userModels: user_models });
    this.version = version;
  }

  private open(row: ProviderEntity): ProviderSettings | undefined {
    try {
      const draft = this.secrets.open(row);
      return draft.wire in WIRES ? settingsOf(draft) : undefined;
    } catch (error) {
      // Sealed by another key: this provider is out of use until it gets its key again, and no other is.
      if (!(error instanceof UnsealError)) throw error;
      this.logger.error(`The secrets of the provider ${row.id} cannot be opened: ${error.message}`);
      return undefined;
    }
  }
}
