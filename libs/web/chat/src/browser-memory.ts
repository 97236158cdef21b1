import { DOCUMENT, Injectable, inject } from '@angular/core';

/** Small preferences, kept in this browser. Where it keeps nothing, they live as long as the page. */
@Injectable({ providedIn: 'root' })
export class BrowserMemory {
  private readonly view = inject(DOCUMENT).defaultView;
  private readonly memory = new Map<string, string>();

  read(name: string): string | undefined {
    try {
      return this.memory.get(name) ?? this.view?.localStorage.getItem(`echo.${name}`) ?? undefined;
    } catch {
      // The browser denies storage.
      return undefined;
    }
  }

  write(name: string, value: string): void {
    this.memory.set(name, value);
    try {
      this.view?.localStorage.setItem(`echo.${name}`, value);
    } catch {
      // Denied or full: `memory` has it.
      return;
    }
  }
}
