import { Component, DestroyRef, computed, inject, signal } from '@angular/core';
import { ActivatedRoute } from '@angular/router';
import { type AuditEntry } from '@echo/contract';
import { Attempt, Outcome, TextField } from '@echo/web-forms';
import { AdministrationApi, type AuditQuery } from '../administration-api';
import { type Actor, AuditTable } from './audit-table';

/** What was done here and by whom, newest first. The address may name one person: `?actor=<id>`. */
@Component({
  selector: 'echo-audit-page',
  imports: [AuditTable, Outcome, TextField],
  providers: [Attempt],
  templateUrl: './audit-page.html',
  styleUrl: './audit-page.css',
})
export class AuditPage {
  private readonly api = inject(AdministrationApi);
  private request = new AbortController();
  protected readonly attempt = inject(Attempt);

  protected readonly exportUrl = this.api.auditExportUrl;
  /** Only what this person did. */
  protected readonly actor = signal<Actor | undefined>(undefined);
  protected readonly action = signal('');
  /** Days, as `2026-11-23`. */
  protected readonly from = signal('');
  protected readonly to = signal('');
  /** What the entries below answer. */
  protected readonly asked = signal<AuditQuery>({});
  protected readonly entries = signal<readonly AuditEntry[] | undefined>(undefined);
  protected readonly next = signal<string | null>(null);
  protected readonly isFiltered = computed(() => Object.values(this.asked()).some((value) => value !== undefined));
  /** As the entries name them, once there are some. */
  protected readonly actorName = computed(() => {
    const actor = this.actor();
    const named = this.entries()?.find(({ actor_id }) => actor_id === actor?.id)?.actor_name;
    return actor && (actor.name ?? named ?? 'one person');
  });

  constructor() {
    inject(DestroyRef).onDestroy(() => this.request.abort());
    const id = inject(ActivatedRoute).snapshot.queryParamMap.get('actor');
    this.follow(id === null ? undefined : { id, name: null });
  }

  protected filter(event?: Event): void {
    event?.preventDefault();
    this.asked.set({
      actor: this.actor()?.id,
      action: this.action().trim() || undefined,
      from: startOf(this.from()),
      to: startOf(this.to(), 1),
    });
    void this.load();
  }

  protected follow(actor: Actor | undefined): void {
    this.actor.set(actor);
    this.filter();
  }

  /** The first page, or the one after what is there. A newer question makes it forget the answer to an older one. */
  protected async load(cursor?: string): Promise<void> {
    this.request.abort();
    const { signal } = (this.request = new AbortController());
    const fields = { action: [], from: [], to: [] };
    const work = async () => {
      const page = await this.api.audit(this.asked(), cursor, signal);
      this.entries.update((entries = []) => (cursor === undefined ? page.items : [...entries, ...page.items]));
      this.next.set(page.next_cursor);
    };
    await this.attempt.run(work, { fields, isNewest: true });
  }
}

/** The beginning of a day where the person is, or of one so many days after it; undefined when no day is given. */
function startOf(day: string, later = 0): string | undefined {
  const [year, month, date] = day.split('-').map(Number);
  if (year === undefined || month === undefined || date === undefined) return undefined;
  const start = new Date(year, month - 1, date + later);
  return Number.isNaN(start.getTime()) ? undefined : start.toISOString();
}
