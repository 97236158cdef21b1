import { Component, DestroyRef, computed, inject, signal } from '@angular/core';
import { type TeamUsageReport, type UsageReport } from '@echo/contract';
import { CurrentSession } from '@echo/web-chat-client';
import { Attempt, Outcome } from '@echo/web-forms';
import { UsageApi } from './usage-api';
import { type UsageRow, UsageTable } from './usage-table';
import { costsWords, count, dayWords, lastDays } from './usage-words';

const DAYS: readonly number[] = [7, 30, 90, 365];
const USUAL_DAYS = 30;

/** What answers took and cost: one's own, and for administrators those of everybody. */
@Component({
  selector: 'echo-usage-page',
  imports: [Outcome, UsageTable],
  providers: [Attempt],
  templateUrl: './usage-page.html',
  styleUrl: './usage-page.css',
})
export class UsagePage {
  private readonly api = inject(UsageApi);
  private readonly session = inject(CurrentSession);
  private request = new AbortController();
  protected readonly attempt = inject(Attempt);

  /** Where there are no accounts, one's own is all there is. */
  protected readonly seesAll = computed(() => this.session.hasAccounts() && this.session.isAdministrator());
  protected readonly days = signal(USUAL_DAYS);
  protected readonly isOfAll = signal(false);
  /** The one person whose usage is shown. */
  protected readonly person = signal<{ readonly id: string; readonly name: string } | undefined>(undefined);
  protected readonly report = signal<UsageReport | TeamUsageReport | undefined>(undefined);
  protected readonly choices = DAYS;

  protected readonly total = computed(() => {
    const sum = this.report()?.total;
    return (
      sum && [
        { term: 'Answers', words: count(sum.runs) },
        { term: 'Tokens read', words: count(sum.input_tokens) },
        { term: 'Tokens written', words: count(sum.output_tokens) },
        { term: 'Cost', words: costsWords(sum) },
      ]
    );
  });
  protected readonly notes = computed(() => {
    const { estimated_runs = 0, unpriced_runs = 0, runs = 0 } = this.report()?.total ?? {};
    const answers = (number: number) => (number === 1 ? 'one answer' : `${count(number)} answers`);
    return [
      ...(estimated_runs > 0 ? [`The tokens of ${answers(estimated_runs)} are estimated: the provider gave no figures.`] : []),
      ...(unpriced_runs > 0
        ? [
            unpriced_runs === runs
              ? 'There is no price for these models.'
              : `There is no price for the models of ${answers(unpriced_runs)}: the cost is without them.`,
          ]
        : []),
    ];
  });
  protected readonly byDay = computed<readonly UsageRow[]>(() =>
    [...(this.report()?.days ?? [])].reverse().map((sum) => ({ key: sum.day, name: dayWords(sum.day), sum })),
  );
  protected readonly byModel = computed<readonly UsageRow[]>(
    () => this.report()?.models.map((sum) => ({ key: `${sum.provider}/${sum.model}`, name: `${sum.provider}/${sum.model}`, sum })) ?? [],
  );
  protected readonly byPerson = computed<readonly UsageRow[]>(() => {
    const report = this.report();
    if (report === undefined || !('users' in report)) return [];
    return report.users.map((sum) => ({ key: sum.user_id, name: sum.name ?? 'A deleted account', sum }));
  });

  constructor() {
    inject(DestroyRef).onDestroy(() => this.request.abort());
    void this.load();
  }

  protected chooseDays(event: Event): void {
    this.days.set(Number((event.target as HTMLSelectElement).value));
    void this.load();
  }

  protected chooseWhose(event: Event): void {
    this.isOfAll.set((event.target as HTMLSelectElement).value === 'all');
    this.person.set(undefined);
    void this.load();
  }

  protected follow(id: string | undefined): void {
    const name = this.byPerson().find(({ key }) => key === id)?.name ?? '';
    this.person.set(id === undefined ? undefined : { id, name });
    void this.load();
  }

  /** A newer question makes it forget the answer to an older one. */
  protected async load(): Promise<void> {
    this.request.abort();
    const { signal } = (this.request = new AbortController());
    const range = lastDays(this.days());
    const read = () => (this.isOfAll() ? this.api.team(range, this.person()?.id, signal) : this.api.own(range, signal));
    await this.attempt.run(async () => this.report.set(await read()), { isNewest: true });
  }
}
