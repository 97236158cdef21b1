import { Component, DestroyRef, inject, signal, viewChild } from '@angular/core';
import { type User } from '@echo/contract';
import { CurrentSession } from '@echo/web-chat-client';
import { Attempt, Outcome, timeWords } from '@echo/web-forms';
import { AdministrationApi } from '../administration-api';
import { UserDialog } from './user-dialog';

/** How long typing must rest before the search asks the server, in milliseconds. */
const SEARCH_REST = 250;

/** Everybody who has an account. */
@Component({
  selector: 'echo-users-page',
  imports: [Outcome, UserDialog],
  providers: [Attempt],
  templateUrl: './users-page.html',
  styleUrl: './users-page.css',
})
export class UsersPage {
  private readonly api = inject(AdministrationApi);
  private readonly dialog = viewChild.required(UserDialog);
  private request = new AbortController();
  private timer: ReturnType<typeof setTimeout> | undefined;
  protected readonly attempt = inject(Attempt);

  protected readonly me = inject(CurrentSession).user;
  protected readonly users = signal<readonly User[] | undefined>(undefined);
  protected readonly next = signal<string | null>(null);
  protected readonly query = signal('');
  protected readonly timeWords = timeWords;

  constructor() {
    inject(DestroyRef).onDestroy(() => {
      clearTimeout(this.timer);
      this.request.abort();
    });
    void this.load();
  }

  protected type(event: Event): void {
    this.query.set((event.target as HTMLInputElement).value);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.load(), SEARCH_REST);
  }

  /** The first page, or the one after what is there. A newer question makes it forget the answer to an older one. */
  protected async load(cursor?: string): Promise<void> {
    this.request.abort();
    const { signal } = (this.request = new AbortController());
    const work = async () => {
      const page = await this.api.users(this.query().trim(), cursor, signal);
      this.users.update((users = []) => (cursor === undefined ? page.items : [...users, ...page.items]));
      this.next.set(page.next_cursor);
    };
    await this.attempt.run(work, { isNewest: true });
  }

  protected manage(user: User): void {
    this.dialog().open(user);
  }

  protected replace(user: User): void {
    this.users.update((users) => users?.map((each) => (each.id === user.id ? user : each)));
  }

  protected remove({ id, name }: User): void {
    this.users.update((users) => users?.filter((user) => user.id !== id));
    this.attempt.say(`${name} is deleted.`);
  }
}
