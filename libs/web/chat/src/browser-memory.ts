import { DOCUMENT, Injectable, inject } from '@angular/core';
import { LOCAL_NAME } from '@echo/web-chat-client';

/** Small preferences, kept in this browser. Where it keeps nothing, they live as long as the page. */
@Injectable({ providedIn: 'root' })
export class BrowserMemory {
  private readonly view = inject(DOCUMENT).defaultView;
  private readonly prefix = inject(LOCAL_NAME);
  private readonly memory = new Map<string, string>();

  read(name: string): string | undefined {
    try {
      return this.memory.get(name) ?? this.view?.localStorage.getItem(`${this.prefix}.${name}`) ?? undefined;
    } catch {
      // The browser denies storage.
      return undefined;
    }
  }

  write(name: string, value: string): void {
    this.memory.set(name, value);
    try {
      this.view?.localStorage.setItem(`${this.prefix}.${name}`, value);
    } catch {
      // Denied or full: `memory` has it.
      return;
    }
  }
}
