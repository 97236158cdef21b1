import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { ChatSettings } from '../settings';

/** Who this process is among those that share the database, and whether it takes new work. */
@Injectable()
export class Replica {
  readonly id = randomUUID();
  private state: 'starting' | 'ready' | 'draining' | 'closed' = 'starting';

  constructor(private readonly settings: ChatSettings) {}

  get isReady(): boolean {
    return this.state === 'ready';
  }

  get isDraining(): boolean {
    return this.state === 'draining' || this.state === 'closed';
  }

  /** Nothing more will be written. */
  get isClosed(): boolean {
    return this.state === 'closed';
  }

  ready(): void {
    if (this.state === 'starting') this.state = 'ready';
  }

  drain(): void {
    if (this.state !== 'closed') this.state = 'draining';
  }

  close(): void {
    this.state = 'closed';
  }

  /** Another replica has closed our runs: writing more could double a text. */
  fenced(): void {
    if (this.state === 'closed') return;
    this.state = 'closed';
    this.settings.onFenced();
  }
}
