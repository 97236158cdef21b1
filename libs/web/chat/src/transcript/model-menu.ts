import { Component, DOCUMENT, type ElementRef, computed, inject, input, output, signal, viewChild } from '@angular/core';
import { type ChatMessage } from '@echo/web-chat-client';
import { placeAt } from '../menu/place-at';
import { type ModelGroup } from '../models/model-groups';
import { type Regeneration } from './regeneration';

/** With more models than so many there is a box to search them. */
const SEARCHED_ABOVE = 10;

/** The models that can give another answer beside one that is there. A native popover: it closes by Escape and by a press beside it, and gives the focus back. */
@Component({
  selector: 'echo-model-menu',
  templateUrl: './model-menu.html',
  styleUrl: './model-menu.css',
  host: { '(window:resize)': 'place()' },
})
export class ModelMenu {
  private readonly window = inject(DOCUMENT).defaultView as Window;
  private readonly box = viewChild.required<ElementRef<HTMLElement>>('box');

  private opener: HTMLElement | undefined;

  readonly groups = input.required<readonly ModelGroup[]>();

  /** It opens: what can be chosen may have changed. */
  readonly opened = output();
  readonly chosen = output<Regeneration>();

  protected readonly message = signal<ChatMessage | undefined>(undefined);
  protected readonly wanted = signal('');
  protected readonly hasSearch = computed(() => this.groups().flatMap(({ options }) => options).length > SEARCHED_ABOVE);
  /** `provider/model` of the answer that is there. */
  protected readonly same = computed(() => {
    const { provider, model } = this.message() ?? {};
    return provider == null || model == null ? undefined : `${provider}/${model}`;
  });
  protected readonly found = computed(() => {
    const wanted = this.wanted().trim().toLowerCase();
    return this.groups()
      .map((group) => ({
        ...group,
        options: group.options.filter(({ value, label }) => `${value} ${label}`.toLowerCase().includes(wanted)),
      }))
      .filter(({ options, problem }) => options.length > 0 || (wanted === '' && problem !== undefined));
  });

  /** Shows the models that can answer in place of `message`, at the button that opened it. */
  open(message: ChatMessage, opener: HTMLElement): void {
    this.message.set(message);
    this.wanted.set('');
    this.opened.emit();
    const box = this.box().nativeElement;
    box.showPopover();
    this.opener = opener;
    this.place();
    this.stops()[0]?.focus();
  }

  /** Where its button is, also after the window has another size. */
  protected place(): void {
    if (this.opener !== undefined) placeAt(this.opener, this.box().nativeElement, this.window);
  }

  protected choose(choice: string): void {
    const messageId = this.message()?.id;
    this.box().nativeElement.hidePopover();
    if (messageId !== undefined) this.chosen.emit({ messageId, choice });
  }

  protected search(event: Event): void {
    this.wanted.set((event.target as HTMLInputElement).value);
  }

  /** Arrows go from one to the next, as in a list. */
  protected press(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const stops = this.stops();
    const at = stops.indexOf(this.box().nativeElement.ownerDocument.activeElement as HTMLElement);
    stops[(at + step + stops.length) % stops.length]?.focus();
  }

  private stops(): HTMLElement[] {
    return [...this.box().nativeElement.querySelectorAll<HTMLElement>('input, button')];
  }
}
