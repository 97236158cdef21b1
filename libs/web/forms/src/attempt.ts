import { ElementRef, Injectable, Injector, afterNextRender, computed, inject, signal } from '@angular/core';
import { type ProblemCode } from '@echo/contract';
import { ApiProblem } from '@echo/web-chat-client';

/** Which fields of a form there are, by their JSON Pointers, and which problems of the whole request are theirs. */
export type Fields = Readonly<Record<string, readonly ProblemCode[]>>;

export interface AttemptOptions {
  readonly fields?: Fields;
  readonly said?: string;
  /** Takes the place of one that is under way. */
  readonly isNewest?: boolean;
}

/** What a person asked the server for: whether it is under way, how it went, and what was wrong with which field. Provided by the component of the form. */
@Injectable()
export class Attempt {
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly injector = inject(Injector);
  private turn = 0;
  private readonly busy = signal(false);
  private readonly success = signal('');
  private readonly failure = signal<{ problem: ApiProblem; fields: Fields } | undefined>(undefined);

  readonly isBusy = this.busy.asReadonly();
  /** What was done. */
  readonly said = this.success.asReadonly();
  readonly problem = computed(() => this.failure()?.problem);
  private readonly byField = computed(() => errorsOf(this.failure()));
  /** What went wrong and no field of the form says. */
  readonly message = computed(() => {
    const failure = this.failure();
    if (failure === undefined) return '';
    const strange = (failure.problem.problem?.errors ?? []).filter(({ pointer }) => !(pointer in failure.fields));
    if (strange.length > 0) return strange.map(({ detail }) => detail).join(' ');
    return Object.keys(this.byField()).length > 0 ? '' : failure.problem.message;
  });

  /** What is wrong with the field at this pointer. */
  at(pointer: string): string | undefined {
    return this.byField()[pointer];
  }

  /** Does `work`, and then says `said`, or moves the focus to what is wrong; whether it worked. While another one is under way it does nothing, unless it takes its place. */
  async run(work: () => Promise<unknown>, { fields = {}, said = '', isNewest = false }: AttemptOptions = {}): Promise<boolean> {
    if (this.busy() && !isNewest) return false;
    const turn = ++this.turn;
    this.busy.set(true);
    this.success.set('');
    try {
      await work();
      if (turn !== this.turn) return false;
      this.failure.set(undefined);
      this.success.set(said);
      return true;
    } catch (error) {
      // Given up by the page, or of no interest any more.
      if (turn !== this.turn || (error instanceof DOMException && error.name === 'AbortError')) return false;
      if (!(error instanceof ApiProblem)) throw error;
      this.failure.set({ problem: error, fields });
      afterNextRender({ write: () => this.host.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus() }, { injector: this.injector });
      return false;
    } finally {
      if (turn === this.turn) this.busy.set(false);
    }
  }

  /** Something outside of an attempt is to be said, such as that a text was copied. */
  say(words: string): void {
    this.success.set(words);
  }

  clear(): void {
    this.failure.set(undefined);
    this.success.set('');
  }
}

function errorsOf(failure: { problem: ApiProblem; fields: Fields } | undefined): Readonly<Record<string, string>> {
  if (failure === undefined) return {};
  const { problem, fields } = failure;
  const errors = (problem.problem?.errors ?? []).filter(({ pointer }) => pointer in fields);
  if (errors.length > 0) return Object.fromEntries(errors.map(({ pointer, detail }) => [pointer, detail]));
  const owner = Object.entries(fields).find(([, codes]) => (codes as readonly string[]).includes(problem.code));
  return owner ? { [owner[0]]: problem.message } : {};
}
