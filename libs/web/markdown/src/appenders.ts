import { DOCUMENT, inject, Injectable } from '@angular/core';
import { Appender } from './appender';
import { Drawing } from './drawing';

/** What leaves a list, a table and a block of code open. */
const SAMPLES: readonly string[] = ['- *a*\n', '| a |\n|---|\n| b |\n', '```\na\n'];

/**
 * Makes appenders, one for each text that grows, and never lets go of a few of its own. When Chromium collects all garbage it throws away the code that it has compiled for
 * objects of which none is left, and between two answers there would be no appender: the next answer would take about 30 % more script.
 */
@Injectable({ providedIn: 'root' })
export class Appenders {
  private readonly document = inject(DOCUMENT);
  private readonly drawing = inject(Drawing);
  private kept: readonly Appender[] | undefined;

  /** @param onCode a block of code is complete */
  create(host: Node, onCode: (block: Element) => void): Appender {
    this.kept ??= SAMPLES.map((sample) => this.keep(sample));
    return new Appender(this.document, this.drawing, host, onCode);
  }

  private keep(sample: string): Appender {
    const appender = new Appender(this.document, this.drawing, this.document.createDocumentFragment(), () => undefined);
    appender.write(sample);
    return appender;
  }
}
