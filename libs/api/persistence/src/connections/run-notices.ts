import { type OnApplicationShutdown } from '@nestjs/common';
import { RUN_CHANNEL } from '../stores/live.sql';
import { SETTINGS_CHANNEL } from '../stores/settings-changed.sql';
import { OwnConnection } from './own-connection';

/** Milliseconds for a sign of life to be answered. Well below the lease. */
const ANSWER_MS = 2_000;

/** Called with an id: of a replica that stored events, or of a run that somebody wants something of. Undefined: notices may have been missed. */
export type NoticeListener = (id: string | undefined) => void;

/**
 * This replica's line to the others: one connection that hears their notices and carries its signs of life, which thereby also tell whether it still
 * hears. A notice is a hint and may be lost; whoever relies on one looks for itself from time to time.
 */
export class RunNotices implements OnApplicationShutdown {
  private readonly listeners = new Set<NoticeListener>();
  private readonly settingsListeners = new Set<() => void>();
  private readonly line: OwnConnection;

  constructor(url: string) {
    this.line = new OwnConnection({
      url,
      name: 'echov2 line',
      timeoutMs: ANSWER_MS,
      onOpen: async (client) => {
        client.on('notification', ({ channel, payload }) => (channel === SETTINGS_CHANNEL ? this.tellOfSettings() : this.tell(payload)));
        await client.query(`listen ${RUN_CHANNEL}; listen ${SETTINGS_CHANNEL}`);
        this.tell(undefined);
        this.tellOfSettings();
      },
    });
  }

  /** Returns how to stop listening. */
  listen(listener: NoticeListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Hears that an administrator changed a setting, or that a notice of it may have been missed. Returns how to stop listening. */
  listenToSettings(listener: () => void): () => void {
    this.settingsListeners.add(listener);
    return () => this.settingsListeners.delete(listener);
  }

  /** One statement over this line. Opens it when it is not open. */
  query<Row>(text: string, values: readonly unknown[]): Promise<Row[]> {
    return this.line.query(text, values);
  }

  onApplicationShutdown(): Promise<void> {
    return this.line.onApplicationShutdown();
  }

  private tell(id: string | undefined): void {
    for (const listener of this.listeners) listener(id);
  }

  private tellOfSettings(): void {
    for (const listener of this.settingsListeners) listener();
  }
}
