import { Component, type ElementRef, booleanAttribute, computed, input, model, signal, viewChild } from '@angular/core';

let count = 0;

/** A line of text with its label, a hint, and what is wrong with it. Passwords can be pasted, filled in and shown. */
@Component({ selector: 'echo-text-field', templateUrl: './text-field.html', styleUrl: './text-field.css' })
export class TextField {
  private readonly box = viewChild.required<ElementRef<HTMLInputElement>>('box');

  readonly label = input.required<string>();
  readonly type = input<'text' | 'email' | 'password' | 'search' | 'date'>('text');
  /** For the browser and its password manager, also as the field's name. */
  readonly autocomplete = input('off');
  readonly inputmode = input<'text' | 'numeric' | 'url'>();
  readonly hint = input<string>();
  readonly error = input<string>();
  readonly isOptional = input(false, { transform: booleanAttribute });
  readonly isFixed = input(false, { transform: booleanAttribute });
  readonly value = model('');

  protected readonly id = `field-${++count}`;
  protected readonly isShown = signal(false);
  protected readonly shownType = computed(() => (this.type() === 'password' && this.isShown() ? 'text' : this.type()));
  /** What is read with the field: what is wrong, else what is to be known. */
  protected readonly note = computed(() => this.error() || this.hint());

  focus(): void {
    this.box().nativeElement.focus();
  }

  protected take(event: Event): void {
    this.value.set((event.target as HTMLInputElement).value);
  }
}
