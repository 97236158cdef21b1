import { Component, type ElementRef, afterRenderEffect, computed, effect, input, model, output, signal, viewChild } from '@angular/core';
import { LIMITS, countChars, findTextFault } from '@echo/contract';
import { HiddenDraft } from '../hidden';
import { Icon } from '../icon/icon';
import { faultWords, format, withoutFaultyCharacters } from './fault-words';

/** From this share of the limit on, the characters are counted aloud. */
const COUNT_FROM = 0.9;
/** A guess that holds for English and code: characters in one token. */
const CHARS_PER_TOKEN = 4;
/** To ask for the height of a text costs a layout of the whole page. */
const GROWS_BY_STYLE = globalThis.CSS?.supports('field-sizing', 'content') ?? false;

/**
 * Where a message is written. Enter sends, Shift+Enter makes a line, Escape stops the answer. Send and Stop are one button, so that it keeps its
 * place and the focus.
 */
@Component({ selector: 'echo-composer', imports: [HiddenDraft, Icon], templateUrl: './composer.html', styleUrl: './composer.css' })
export class Composer {
  readonly text = model('');
  /** Whether an answer is under way: the button stops it. */
  readonly isBusy = input(false);
  /** Whether nothing can be sent yet; what is written is kept. */
  readonly isHeld = input(false);
  /** Code points that one message may have. */
  readonly maxChars = input<number>(LIMITS.promptChars);

  readonly sent = output<string>();
  readonly stopped = output();
  /** The arrow up was pressed with nothing written. */
  readonly editLast = output();

  private readonly box = viewChild.required<ElementRef<HTMLTextAreaElement>>('box');

  protected readonly fault = computed(() => findTextFault(this.text(), this.maxChars()));
  /** Why the text cannot be sent, where that is not plain to see. */
  protected readonly problem = computed(() => {
    const fault = this.fault();
    return fault === undefined || fault.code === 'empty' ? undefined : faultWords(fault, this.text());
  });
  protected readonly canRepair = computed(() => ['nul_character', 'lone_surrogate'].includes(this.fault()?.code ?? ''));
  protected readonly count = computed(() => {
    const max = this.maxChars();
    if (this.text().length < max * COUNT_FROM) return undefined;
    const chars = countChars(this.text());
    return `${format(chars)} of ${format(max)} characters, about ${format(Math.ceil(chars / CHARS_PER_TOKEN))} tokens`;
  });
  /** Whether something came in that nobody typed, by a paste, from an earlier visit or back from the transcript: only then is it looked at for what cannot be seen. */
  protected readonly isUntyped = signal(false);
  /** What the person left in the box. */
  private typed = '';
  protected readonly isOff = computed(() => !this.isBusy() && (this.isHeld() || this.fault() !== undefined));

  constructor() {
    effect(() => {
      const text = this.text();
      if (text !== '' && text !== this.typed) this.isUntyped.set(true);
    });
    afterRenderEffect({
      write: () => {
        this.show(this.text());
      },
    });
  }

  focus(): void {
    this.box().nativeElement.focus();
  }

  protected write(event: Event): void {
    this.typed = (event.target as HTMLTextAreaElement).value;
    this.text.set(this.typed);
    if (/paste|drop/i.test((event as InputEvent).inputType ?? '')) this.isUntyped.set(true);
  }

  protected press(event: KeyboardEvent): void {
    // While an input method composes, Enter and the arrows are its own; 229 is how old WebKit says it.
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === 'Enter' && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      if (!this.isBusy()) this.send();
    } else if (event.key === 'ArrowUp' && this.text() === '') {
      event.preventDefault();
      this.editLast.emit();
    }
  }

  /** The button's two jobs. `clicks` is how many clicks came in a row: the second one of a double click on Send must not stop the answer. */
  protected pressButton(clicks: number): void {
    if (this.isBusy()) {
      if (clicks < 2) this.stopped.emit();
    } else {
      this.send();
    }
    this.focus();
  }

  protected repair(): void {
    this.clean(withoutFaultyCharacters(this.text()));
  }

  protected clean(text: string): void {
    this.text.set(text);
    this.focus();
  }

  private send(): void {
    if (this.isHeld() || this.fault() !== undefined) return;
    const text = this.text();
    // Emptied here and not by the page: its signal may go from '' to the text and back to '' between two renders, which nobody would see.
    this.text.set('');
    this.sent.emit(text);
  }

  /** Writes the text into the box, which becomes as high as it; the style sheet says where that ends, and where the browser can, does all of it. */
  private show(text: string): void {
    const box = this.box().nativeElement;
    // Not by a binding: a text that came and went between two renders is no change for it, and would stay in the box. Writing what is there already would move the caret.
    if (box.value !== text) box.value = text;
    if (GROWS_BY_STYLE) return;
    box.style.blockSize = 'auto';
    box.style.blockSize = `${box.scrollHeight}px`;
  }
}
