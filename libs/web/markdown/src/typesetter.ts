import { APP_BASE_HREF } from '@angular/common';
import { DOCUMENT, inject, Injectable } from '@angular/core';
import { keepSelection } from './kept-selection';

type Draw = (tex: string, display: boolean, document: Document) => Node | null;

/** Sets formulas. What that takes is loaded for the first one: KaTeX, its style sheet and, by that, its fonts, all from this site. */
@Injectable({ providedIn: 'root' })
export class Typesetter {
  private readonly document = inject(DOCUMENT);
  private readonly base = inject(APP_BASE_HREF, { optional: true }) ?? '/';
  private ready: Promise<Draw> | undefined;

  /** Puts the formula in place of the source in `element`. What cannot be set stays as it was written. */
  async set(element: HTMLElement, tex: string, display: boolean): Promise<void> {
    this.ready ??= this.load();
    try {
      const drawn = (await this.ready)(tex, display, this.document);
      if (drawn) {
        keepSelection(element, () => {
          element.replaceChildren(drawn);
        });
      }
      element.classList.toggle('source', !drawn);
    } catch {
      // The site cannot be reached: the source is readable, and the next formula asks again.
      this.ready = undefined;
    }
  }

  private async load(): Promise<Draw> {
    const [{ drawFormula }] = await Promise.all([import('./formula-drawing'), this.loadStyles()]);
    return drawFormula;
  }

  private loadStyles(): Promise<void> {
    const link = this.document.createElement('link');
    link.rel = 'stylesheet';
    link.href = `${this.base.replace(/\/$/, '')}/katex/katex.min.css`;
    return new Promise((resolve, reject) => {
      link.onload = () => resolve();
      link.onerror = () => {
        link.remove();
        reject(new Error('The style sheet of formulas could not be loaded.'));
      };
      this.document.head.append(link);
    });
  }
}
