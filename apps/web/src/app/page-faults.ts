import { ErrorHandler, Injectable, signal } from '@angular/core';

/** A fault of the page itself, as a person is told of it. */
export interface PageFault {
  readonly words: string;
  /** For whoever looks for its cause. */
  readonly detail: string;
}

/** Browsers report this for layouts that settle a frame later; nothing is broken. */
const HARMLESS = /ResizeObserver loop/;
/** How each browser says that code did not arrive. */
const NOT_LOADED = /dynamically imported module|Importing a module script failed|module script/i;

/** Every error that no part of the page has handled: written to the console, and told to the person, who would else wonder why something does not work. */
@Injectable({ providedIn: 'root' })
export class PageFaults extends ErrorHandler {
  private readonly fault = signal<PageFault | undefined>(undefined);

  readonly latest = this.fault.asReadonly();

  override handleError(error: unknown): void {
    const detail = String(error instanceof Error ? error.message : error);
    if (HARMLESS.test(detail)) return;
    super.handleError(error);
    const words = NOT_LOADED.test(detail) ? 'A part of this page could not be loaded.' : 'Something on this page went wrong.';
    this.fault.set({ words, detail });
  }

  dismiss(): void {
    this.fault.set(undefined);
  }
}
