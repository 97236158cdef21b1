import { booleanAttribute, Component, computed, input, output } from '@angular/core';
import { type UsageSum } from '@echo/contract';
import { costsWords, count } from './usage-words';

/** A line of a table: what it sums up. */
export interface UsageRow {
  readonly key: string;
  readonly name: string;
  readonly sum: UsageSum;
}

/** Sums side by side: answers, tokens and cost, with a bar for what was written. */
@Component({ selector: 'echo-usage-table', templateUrl: './usage-table.html', styleUrl: './usage-table.css' })
export class UsageTable {
  readonly label = input.required<string>();
  /** What the first column names. */
  readonly head = input.required<string>();
  readonly rows = input.required<readonly UsageRow[]>();
  /** Whether the names can be followed. */
  readonly isOpen = input(false, { transform: booleanAttribute });

  readonly followed = output<string>();

  protected readonly lines = computed(() => {
    const most = Math.max(1, ...this.rows().map(({ sum }) => sum.output_tokens));
    return this.rows().map(({ key, name, sum }) => ({
      key,
      name,
      runs: count(sum.runs),
      read: count(sum.input_tokens),
      written: count(sum.output_tokens),
      share: (100 * sum.output_tokens) / most,
      cost: costsWords(sum),
    }));
  });
}
