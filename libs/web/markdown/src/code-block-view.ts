import { Component, computed, DestroyRef, DOCUMENT, inject, input, resource, signal } from '@angular/core';
import { copyText } from './copy-text';
import { Inlines } from './inlines';
import { type CodeBlock, type Inline } from './nodes';

/** How long the Copy button tells what came of it, in milliseconds. */
const FEEDBACK_MS = 2_000;

const LABELS = {
  idle: { text: 'Copy', name: 'Copy code' },
  copied: { text: 'Copied', name: 'Copied code' },
  failed: { text: 'Copy failed', name: 'Copy failed' },
} as const;

/** A block of code with its language, and buttons to wrap its lines and to copy it. Once settled it is highlighted; the highlighter is loaded for the first such block. */
@Component({
  selector: 'echo-code-block',
  imports: [Inlines],
  styleUrl: './code-block-view.css',
  templateUrl: './code-block-view.html',
})
export class CodeBlockView {
  readonly block = input.required<CodeBlock>();
  readonly settled = input(false);

  protected readonly label = computed(() => LABELS[this.feedback()]);
  /** Long lines go on in the next one instead of scrolling. */
  protected readonly wraps = signal(false);
  protected readonly nodes = computed(() => (this.highlighted.hasValue() ? this.highlighted.value() : null) ?? plain(this.block()));

  private readonly code = computed(() => this.block().chunks.join(''));
  private readonly feedback = signal<keyof typeof LABELS>('idle');
  private readonly document = inject(DOCUMENT);
  private readonly highlighted = resource({
    params: () => (this.settled() && this.block().language ? { language: this.block().language, code: this.code() } : undefined),
    loader: async ({ params }): Promise<readonly Inline[] | null> => {
      const { highlight } = await import('./highlighter');
      return highlight(params.language, params.code);
    },
  });
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    inject(DestroyRef).onDestroy(() => clearTimeout(this.timer));
  }

  protected toggleWrap(): void {
    this.wraps.update((wraps) => !wraps);
  }

  protected async copy(): Promise<void> {
    const copied = await copyText(this.code(), this.document);
    this.feedback.set(copied ? 'copied' : 'failed');
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.feedback.set('idle'), FEEDBACK_MS);
  }
}

function plain(block: CodeBlock): Inline[] {
  const text = block.chunks.map((chunk): Inline => ({ kind: 'text', text: chunk }));
  return block.caret ? [...text, { kind: 'caret' }] : text;
}
