import { Component, input } from '@angular/core';
import { type AuditEntry } from '@echo/contract';
import { momentWords } from '../form/time-words';

/** Entries as a table; on narrow screens each is a block of its own. */
@Component({ selector: 'echo-audit-table', templateUrl: './audit-table.html', styleUrl: './audit-table.css' })
export class AuditTable {
  readonly entries = input.required<readonly AuditEntry[]>();

  protected readonly momentWords = momentWords;
}
