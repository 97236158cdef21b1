import { type PendingTasks } from '@angular/core';
import { copyText } from './copy-text';
import type * as Highlighter from './highlighter';
import { keepSelection } from './kept-selection';

/** How long the Copy button tells what came of it, in milliseconds. */
const FEEDBACK_MS = 2_000;

const LABELS = {
  idle: { text: 'Copy', name: 'Copy code' },
  copied: { text: 'Copied', name: 'Copied code' },
  failed: { text: 'Copy failed', name: 'Copy failed' },
} as const;

/** Loaded once. */
let highlighter: typeof Highlighter | undefined;
let loading: Promise<typeof Highlighter> | undefined;

/** What the blocks of code of a text do: they wrap, are copied and, once they are settled, highlighted. The highlighter is loaded for the first such block. */
export class CodeBlocks {
  private readonly timers = new Map<Element, ReturnType<typeof setTimeout>>();

  constructor(
    private readonly document: Document,
    private readonly tasks: PendingTasks,
  ) {}

  /** One of its buttons was pressed. */
  press(button: HTMLElement): void {
    const pre = button.closest('.code')?.querySelector('pre');
    if (!pre) return;
    if (button.classList.contains('copy')) void this.copy(button, pre.textContent);
    // Long lines go on in the next one instead of scrolling.
    if (button.classList.contains('wrap')) button.setAttribute('aria-pressed', `${pre.classList.toggle('wraps')}`);
  }

  /** Highlights what stands in `block`. */
  settle(block: Element): void {
    for (const pre of block.querySelectorAll('pre')) {
      const code = pre.firstElementChild;
      const language = pre.previousElementSibling?.firstElementChild?.textContent;
      if (code && language) this.highlight(code, language);
    }
  }

  destroy(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
  }

  private highlight(code: Element, language: string): void {
    const source = code.textContent;
    if (highlighter) this.show(code, source, highlighter.highlight(language, source, this.document));
    else void this.tasks.run(() => this.loadFor(code, source, language));
  }

  private async loadFor(code: Element, source: string, language: string): Promise<void> {
    try {
      highlighter = await (loading ??= import('./highlighter'));
      this.show(code, source, highlighter.highlight(language, source, this.document));
    } catch {
      // The site cannot be reached: the code is readable, and the next block asks again.
      loading = undefined;
    }
  }

  private show(code: Element, source: string, highlighted: DocumentFragment | null): void {
    // It may show something else by now.
    if (!highlighted || code.textContent !== source) return;
    keepSelection(code, () => {
      code.replaceChildren(highlighted);
    });
  }

  private async copy(button: HTMLElement, code: string): Promise<void> {
    const copied = await copyText(code, this.document);
    label(button, copied ? 'copied' : 'failed');
    clearTimeout(this.timers.get(button));
    const reset = () => {
      this.timers.delete(button);
      label(button, 'idle');
    };
    this.timers.set(button, setTimeout(reset, FEEDBACK_MS));
  }
}

function label(button: HTMLElement, feedback: keyof typeof LABELS): void {
  button.textContent = LABELS[feedback].text;
  button.setAttribute('aria-label', LABELS[feedback].name);
}
