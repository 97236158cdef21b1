import { Component, DestroyRef, type ElementRef, inject, signal, viewChild } from '@angular/core';
import { type Invitation } from '@echo/contract';
import { Attempt, ConfirmDialog, Outcome, timeWords } from '@echo/web-forms';
import { AdministrationApi } from '../administration-api';
import { InvitationForm } from './invitation-form';

/** The invitations that are open, and new ones. */
@Component({
  selector: 'echo-invitations-page',
  imports: [ConfirmDialog, InvitationForm, Outcome],
  providers: [Attempt],
  templateUrl: './invitations-page.html',
})
export class InvitationsPage {
  private readonly api = inject(AdministrationApi);
  private readonly abort = new AbortController();
  private readonly dialog = viewChild.required(ConfirmDialog);
  private readonly heading = viewChild.required<ElementRef<HTMLElement>>('heading');
  protected readonly attempt = inject(Attempt);

  protected readonly invitations = signal<readonly Invitation[] | undefined>(undefined);
  protected readonly timeWords = timeWords;

  constructor() {
    inject(DestroyRef).onDestroy(() => this.abort.abort());
    void this.load();
  }

  protected async load(): Promise<void> {
    await this.attempt.run(async () => this.invitations.set((await this.api.invitations(this.abort.signal)).invitations));
  }

  protected async revoke({ id, email }: Invitation): Promise<void> {
    const text = 'Its link lets nobody in any more.';
    const title = email === null ? 'Revoke this invitation?' : `Revoke the invitation of ${email}?`;
    if (!(await this.dialog().ask({ title, text, action: 'Revoke' }))) return;
    const isRevoked = await this.attempt.run(
      async () => {
        await this.api.revokeInvitation(id);
        this.invitations.update((all) => all?.filter((invitation) => invitation.id !== id));
      },
      { said: 'The invitation is revoked.' },
    );
    // Its button is gone.
    if (isRevoked) this.heading().nativeElement.focus();
  }
}
