import { Component, input, output } from '@angular/core';
import { type AuditEntry } from '@echo/contract';
import { momentWords } from '@echo/web-forms';

/** Who did something. */
export interface Actor {
  readonly id: string;
  readonly name: string | null;
}

/** Entries as a table; on narrow screens each is a block of its own. */
@Component({ selector: 'echo-audit-table', templateUrl: './audit-table.html', styleUrl: './audit-table.css' })
export class AuditTable {
  readonly entries = input.required<readonly AuditEntry[]>();
  /** Only what this person did is wanted. */
  readonly followed = output<Actor>();

  protected readonly momentWords = momentWords;
}
