import { Component, DestroyRef, type ElementRef, inject, signal, viewChild } from '@angular/core';
import { type ApiKey, type CreatedApiKey } from '@echo/contract';
import { CHAT_SETTINGS } from '@echo/web-chat-client';
import { Attempt, ConfirmDialog, Outcome, timeWords } from '@echo/web-forms';
import { AccountApi } from '../account-api';
import { KeyCreated } from './key-created';
import { KeyForm } from './key-form';

/** The keys by which programs of the person come in. */
@Component({
  selector: 'echo-keys-page',
  imports: [ConfirmDialog, KeyCreated, KeyForm, Outcome],
  providers: [Attempt],
  templateUrl: './keys-page.html',
})
export class KeysPage {
  private readonly api = inject(AccountApi);
  private readonly abort = new AbortController();
  private readonly dialog = viewChild.required(ConfirmDialog);
  private readonly heading = viewChild.required<ElementRef<HTMLElement>>('heading');
  protected readonly attempt = inject(Attempt);

  protected readonly keys = signal<readonly ApiKey[] | undefined>(undefined);
  /** Made just now: the only time that it is seen. */
  protected readonly created = signal<CreatedApiKey | undefined>(undefined);
  protected readonly docs = `${inject(CHAT_SETTINGS).baseUrl}/docs`;
  protected readonly timeWords = timeWords;

  constructor() {
    inject(DestroyRef).onDestroy(() => this.abort.abort());
    void this.load();
  }

  protected async load(): Promise<void> {
    await this.attempt.run(async () => this.keys.set((await this.api.keys(this.abort.signal)).keys));
  }

  protected show(created: CreatedApiKey): void {
    this.created.set(created);
    void this.load();
  }

  protected async revoke({ id, name }: ApiKey): Promise<void> {
    const text = 'Programs that use it are refused from now on. This cannot be undone.';
    if (!(await this.dialog().ask({ title: `Revoke “${name}”?`, text, action: 'Revoke' }))) return;
    const isRevoked = await this.attempt.run(
      async () => {
        await this.api.revokeKey(id);
        this.keys.update((keys) => keys?.filter((key) => key.id !== id));
        if (this.created()?.id === id) this.created.set(undefined);
      },
      { said: `“${name}” is revoked.` },
    );
    // Its button is gone.
    if (isRevoked) this.heading().nativeElement.focus();
  }

  protected isOver({ expires_at }: ApiKey): boolean {
    return Date.parse(expires_at) < Date.now();
  }
}
