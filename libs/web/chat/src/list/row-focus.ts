import { DOCUMENT, Injectable, Injector, afterNextRender, inject } from '@angular/core';
import { regainFocus } from '../regain-focus';

/** Keeps the focus in the list of conversations when the row that has it goes or moves. Provided by the list. */
@Injectable()
export class RowFocus {
  private readonly document = inject(DOCUMENT);
  private readonly injector = inject(Injector);

  /** With the next render it stays with conversation `id`, else goes to what takes its place, else to `last`. `listed`: the conversations in their order, before and after. */
  keepNear(id: number | undefined, listed: () => readonly number[], last: HTMLElement): void {
    const at = id === undefined ? -1 : listed().indexOf(id);
    const rowOf = (each: number | undefined) => this.document.getElementById(`options-${each}`);
    const regain = () => {
      const rows = at < 0 ? [] : [id, listed()[at], listed().at(-1)];
      regainFocus(this.document, ...rows.map(rowOf), last);
    };
    afterNextRender(regain, { injector: this.injector });
  }
}
