import { Injectable, inject, signal } from '@angular/core';
import { BrowserMemory } from '../browser-memory';

/** Whether shortcuts of a single character act, as the person wants it in this browser. */
@Injectable({ providedIn: 'root' })
export class SingleKeys {
  private readonly memory = inject(BrowserMemory);
  private readonly on = signal(this.memory.read('single-keys') !== 'off');

  readonly isOn = this.on.asReadonly();

  want(isOn: boolean): void {
    this.on.set(isOn);
    this.memory.write('single-keys', isOn ? 'on' : 'off');
  }
}
