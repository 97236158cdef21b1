import { Injectable } from '@angular/core';

/** Changes of messages that were begun, and neither sent nor given up. They live as long as the page. */
@Injectable({ providedIn: 'root' })
export class EditDrafts {
  private readonly texts = new Map<number, string>();

  read(messageId: number | undefined): string | undefined {
    return messageId === undefined ? undefined : this.texts.get(messageId);
  }

  write(messageId: number | undefined, text: string): void {
    if (messageId !== undefined) this.texts.set(messageId, text);
  }

  clear(messageId: number | undefined): void {
    if (messageId !== undefined) this.texts.delete(messageId);
  }
}
