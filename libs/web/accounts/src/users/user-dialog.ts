import { Component, type ElementRef, computed, inject, output, signal, viewChild } from '@angular/core';
import { RouterLink } from '@angular/router';
import { type OneTimeLink, type UpdateUserRequest, type User } from '@echo/contract';
import { CurrentSession } from '@echo/web-chat-client';
import { Attempt, ConfirmDialog, momentWords, Outcome } from '@echo/web-forms';
import { AdministrationApi } from '../administration-api';
import { ShownOnce } from '../form/shown-once';

/** What an administrator can do with one account. */
@Component({
  selector: 'echo-user-dialog',
  imports: [ConfirmDialog, Outcome, RouterLink, ShownOnce],
  providers: [Attempt],
  templateUrl: './user-dialog.html',
  styleUrl: './user-dialog.css',
})
export class UserDialog {
  private readonly api = inject(AdministrationApi);
  private readonly session = inject(CurrentSession);
  private readonly dialog = viewChild.required<ElementRef<HTMLDialogElement>>('dialog');
  private readonly confirm = viewChild.required(ConfirmDialog);
  protected readonly attempt = inject(Attempt);

  readonly changed = output<User>();
  readonly deleted = output<User>();

  protected readonly user = signal<User | undefined>(undefined);
  /** A link for a new password, made just now: the only time that it is seen. */
  protected readonly link = signal<OneTimeLink | undefined>(undefined);
  protected readonly isMe = computed(() => this.user()?.id === this.session.user()?.id);
  protected readonly momentWords = momentWords;

  open(user: User): void {
    this.attempt.clear();
    this.link.set(undefined);
    this.user.set(user);
    this.dialog().nativeElement.showModal();
  }

  protected close(): void {
    this.dialog().nativeElement.close();
  }

  protected async setRole(user: User, select: HTMLSelectElement): Promise<void> {
    const role = select.value === 'administrator' ? 'administrator' : 'user';
    const isSet = await this.update(user, { role }, `${user.name} is ${role === 'administrator' ? 'an administrator' : 'a user'} now.`);
    // Refused, such as for the last administrator: it shows what holds.
    if (!isSet) select.value = user.role;
  }

  protected async setStatus(user: User): Promise<void> {
    const status = user.status === 'active' ? 'disabled' : 'active';
    const said =
      status === 'disabled' ? `${user.name} cannot come in any more, and is signed out everywhere.` : `${user.name} can come in again.`;
    await this.update(user, { status }, said);
  }

  protected async makeLink({ id }: User): Promise<void> {
    await this.attempt.run(async () => this.link.set(await this.api.resetPassword(id)));
  }

  protected async endSessions({ id, name }: User): Promise<void> {
    await this.attempt.run(() => this.api.endSessions(id), { said: `${name} is signed out everywhere.` });
  }

  protected async endSecondFactor(user: User): Promise<void> {
    const text = 'The password alone lets them in then, until they turn it on again. Make sure that it is they who ask.';
    if (!(await this.confirm().ask({ title: `Turn off the second factor of ${user.name}?`, text, action: 'Turn off' }))) return;
    const said = `The second factor of ${user.name} is off.`;
    if (await this.attempt.run(() => this.api.endSecondFactor(user.id), { said })) this.take({ ...user, second_factor: false });
  }

  protected async delete(user: User): Promise<void> {
    const text = `${user.email ?? user.name}, with all conversations and keys of this account, will be gone for good.`;
    if (!(await this.confirm().ask({ title: `Delete ${user.name}?`, text, action: 'Delete for good' }))) return;
    if (!(await this.attempt.run(() => this.api.deleteUser(user.id)))) return;
    this.close();
    this.deleted.emit(user);
  }

  private update(user: User, change: UpdateUserRequest, said: string): Promise<boolean> {
    return this.attempt.run(async () => this.take(await this.api.updateUser(user.id, change)), { said });
  }

  private take(user: User): void {
    this.user.set(user);
    if (this.isMe()) this.session.update(user);
    this.changed.emit(user);
  }
}
