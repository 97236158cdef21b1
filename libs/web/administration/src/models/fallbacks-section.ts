import { Component, ElementRef, Injector, afterNextRender, computed, inject, input, linkedSignal, output } from '@angular/core';
import { type ModelRules } from '@echo/contract';
import { Attempt, type Fields, Outcome } from '@echo/web-forms';
import { type FallbackRow, fallbacksOf, rowsOf } from './fallback-rows';
import { ModelRulesApi } from './model-rules-api';

/** Which models answer in place of one that fails before its first word. */
@Component({
  selector: 'echo-fallbacks-section',
  imports: [Outcome],
  providers: [Attempt],
  templateUrl: './fallbacks-section.html',
  styleUrl: './fallbacks-section.css',
})
export class FallbacksSection {
  private readonly api = inject(ModelRulesApi);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly injector = inject(Injector);
  protected readonly attempt = inject(Attempt);

  readonly rules = input.required<ModelRules>();
  /** `provider/model` of all that can be chosen. */
  readonly names = input.required<readonly string[]>();

  readonly changed = output<ModelRules>();

  protected readonly rows = linkedSignal(() => rowsOf(this.rules()));
  private readonly pointers = computed<Fields>(() => {
    return Object.fromEntries(this.rows().map((row) => [pointerOf(row), []]));
  });

  protected errorOf(row: FallbackRow): string | undefined {
    return this.attempt.at(pointerOf(row));
  }

  protected addRow(): void {
    this.rows.update((rows) => [...rows, { model: '', chain: [''] }]);
    // What was added is what the person writes next.
    afterNextRender(
      { write: () => this.host.querySelector<HTMLElement>('.row:last-of-type > .field')?.focus() },
      { injector: this.injector },
    );
  }

  protected removeRow(index: number): void {
    this.rows.update((rows) => rows.filter((_, place) => place !== index));
  }

  protected nameModel(index: number, event: Event): void {
    this.change(index, (row) => ({ ...row, model: valueOf(event) }));
  }

  protected nameStandIn(index: number, place: number, event: Event): void {
    this.change(index, ({ model, chain }) => ({ model, chain: chain.map((name, at) => (at === place ? valueOf(event) : name)) }));
  }

  protected addStandIn(index: number): void {
    this.change(index, ({ model, chain }) => ({ model, chain: [...chain, ''] }));
  }

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    const fallbacks = fallbacksOf(this.rows());
    const said = Object.keys(fallbacks).length === 0 ? 'Nobody stands in for another.' : 'Saved. It holds from the next answer on.';
    await this.attempt.run(async () => this.changed.emit(await this.api.change({ fallbacks })), { said, fields: this.pointers() });
  }

  private change(index: number, by: (row: FallbackRow) => FallbackRow): void {
    this.rows.update((rows) => rows.map((row, place) => (place === index ? by(row) : row)));
  }
}

function valueOf(event: Event): string {
  return (event.target as HTMLInputElement).value;
}

/** RFC 6901. */
function pointerOf({ model }: FallbackRow): string {
  return `/fallbacks/${model.trim().replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
