import { DestroyRef, Injectable, computed, inject, signal } from '@angular/core';
import { type Conversation, type UpdateConversationRequest } from '@echo/contract';
import { ApiProblem, ConversationsApi } from '@echo/web-chat-client';

/** What the list shows: all that match `query`, archived ones or the others. */
interface View {
  readonly query: string;
  readonly isArchive: boolean;
}

/** The list of conversations as far as it is loaded. Provided by the page. A newer question to the server makes it forget the answer to an older one. */
@Injectable()
export class ConversationDirectory {
  private readonly api = inject(ConversationsApi);
  private readonly loaded = signal<readonly Conversation[]>([]);
  private readonly cursor = signal<string | undefined>(undefined);
  private readonly view = signal<View>({ query: '', isArchive: false });
  private readonly loading = signal(false);
  private readonly problem = signal<string | undefined>(undefined);
  private request = new AbortController();
  private refreshes = 0;
  /** Conversations that were read since the last refresh was asked for: it may not know that. */
  private read = new Set<number>();

  readonly conversations = this.loaded.asReadonly();
  readonly isLoading = this.loading.asReadonly();
  /** Why the list, or a change of it, failed. */
  readonly error = this.problem.asReadonly();
  readonly hasMore = computed(() => this.cursor() !== undefined);
  readonly query = computed(() => this.view().query);
  readonly isArchive = computed(() => this.view().isArchive);
  /** Whether an answer is being written in any conversation that is listed. */
  readonly hasLive = computed(() => this.loaded().some((conversation) => conversation.live_run_id !== null));

  constructor() {
    inject(DestroyRef).onDestroy(() => this.request.abort());
  }

  /** Shows another part of the conversations, from its start. */
  show(change: Partial<View>): Promise<void> {
    this.view.update((view) => ({ ...view, ...change }));
    this.loaded.set([]);
    return this.load(undefined);
  }

  loadAgain(): Promise<void> {
    return this.load(undefined);
  }

  async loadMore(): Promise<void> {
    const cursor = this.cursor();
    if (cursor !== undefined && !this.loading()) await this.load(cursor);
  }

  /** Brings the first page up to date without a sign of loading; pages after it stay. A failure is left to the next refresh to tell. */
  async refresh(): Promise<void> {
    if (this.loading()) return;
    const { signal } = this.request;
    const refresh = ++this.refreshes;
    const read = (this.read = new Set());
    try {
      const page = await this.api.list(this.question(), signal);
      // A refresh that was asked for later knows more.
      if (signal.aborted || refresh !== this.refreshes) return;
      const fresh = new Set(page.items.map((conversation) => conversation.id));
      const oldest = page.items.at(-1)?.updated_at ?? '';
      // What a whole page no longer names and is newer than its end was deleted or moved elsewhere.
      const rest = this.loaded().filter(
        ({ id, updated_at, pinned }) => !fresh.has(id) && page.next_cursor !== null && !pinned && updated_at <= oldest,
      );
      this.loaded.set([...page.items.map((entry) => (read.has(entry.id) ? { ...entry, unread: false } : entry)), ...rest]);
      if (rest.length === 0) this.cursor.set(page.next_cursor ?? undefined);
      this.problem.set(undefined);
    } catch (error) {
      // The list that is there stays of use; the person did not ask for this.
      if (!(error instanceof ApiProblem) && !signal.aborted) throw error;
    }
  }

  /** Its answers were seen, which the server has been told. */
  markRead(id: number): void {
    this.read.add(id);
    this.loaded.update((list) => list.map((entry) => (entry.id === id ? { ...entry, unread: false } : entry)));
  }

  /** Changes a conversation, at once here and then on the server; takes it back when that fails. */
  async change(id: number, change: UpdateConversationRequest): Promise<void> {
    const before = this.loaded();
    const isMoved = change.archived !== undefined && change.archived !== this.isArchive();
    this.loaded.update((list) => {
      if (isMoved) return list.filter((conversation) => conversation.id !== id);
      const changed = list.map((entry) => (entry.id === id ? { ...entry, ...change } : entry));
      return change.pinned === undefined ? changed : changed.sort(byPlace);
    });
    await this.attempt(async () => void (await this.api.update(id, change)), before);
  }

  /** Deletes a conversation for good; whether it worked. */
  remove(id: number): Promise<boolean> {
    const before = this.loaded();
    this.loaded.update((list) => list.filter((conversation) => conversation.id !== id));
    return this.attempt(() => this.api.delete(id), before);
  }

  private async attempt(work: () => Promise<void>, before: readonly Conversation[]): Promise<boolean> {
    try {
      await work();
      this.problem.set(undefined);
      return true;
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      // Gone already is as good as deleted.
      if (error.code === 'conversation_not_found') return true;
      this.loaded.set(before);
      this.problem.set(error.message);
      return false;
    }
  }

  private question() {
    const { query, isArchive } = this.view();
    return { query: query.trim() || undefined, archived: isArchive };
  }

  private async load(cursor: string | undefined): Promise<void> {
    this.request.abort();
    const request = (this.request = new AbortController());
    this.loading.set(true);
    this.problem.set(undefined);
    try {
      const page = await this.api.list({ ...this.question(), cursor }, request.signal);
      if (request.signal.aborted) return;
      this.loaded.update((list) => (cursor === undefined ? page.items : [...list, ...newTo(list, page.items)]));
      this.cursor.set(page.next_cursor ?? undefined);
    } catch (error) {
      if (request.signal.aborted) return;
      if (!(error instanceof ApiProblem)) throw error;
      this.problem.set(error.message);
    } finally {
      if (this.request === request) this.loading.set(false);
    }
  }
}

/** The server's order: pinned first, then what was used last. */
function byPlace(one: Conversation, other: Conversation): number {
  const used = Date.parse(other.updated_at) - Date.parse(one.updated_at);
  return Number(other.pinned) - Number(one.pinned) || used || other.id - one.id;
}

/** A conversation that moved up while pages were read would come twice. */
function newTo(list: readonly Conversation[], items: readonly Conversation[]): Conversation[] {
  const known = new Set(list.map((conversation) => conversation.id));
  return items.filter((conversation) => !known.has(conversation.id));
}
