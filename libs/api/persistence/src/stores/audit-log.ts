import { Injectable, Logger } from '@nestjs/common';
import { StorageUnavailableError } from '../errors';
import { type AuditActor, type AuditEvent, AuditStore } from './audit.store';

/** Where everything is recorded that somebody may have to answer for. */
@Injectable()
export class AuditLog {
  private readonly logger = new Logger('Audit');

  constructor(private readonly store: AuditStore) {}

  /** What was done is not undone because it could not be written down: with the database away the entry goes to the process's log. */
  async record(actor: AuditActor, event: AuditEvent): Promise<void> {
    try {
      await this.store.append(actor, event);
    } catch (error) {
      if (!(error instanceof StorageUnavailableError)) throw error;
      this.logger.warn(`Not stored: ${JSON.stringify({ at: new Date().toISOString(), actor_id: actor.userId, ip: actor.ip, ...event })}`);
    }
  }
}
