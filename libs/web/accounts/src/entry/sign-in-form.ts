import { Component, Injector, afterNextRender, inject, input, linkedSignal, output, signal, viewChild } from '@angular/core';
import { ApiProblem, CurrentSession } from '@echo/web-chat-client';
import { Attempt, type Fields, Outcome, TextField } from '@echo/web-forms';

/** E-mail address and password, then the code where a second factor is on. */
@Component({
  selector: 'echo-sign-in-form',
  imports: [Outcome, TextField],
  providers: [Attempt],
  templateUrl: './sign-in-form.html',
  styleUrl: './entry-parts.css',
})
export class SignInForm {
  private readonly session = inject(CurrentSession);
  private readonly injector = inject(Injector);
  private readonly passwordField = viewChild<TextField>('passwordField');
  private readonly codeField = viewChild<TextField>('codeField');
  protected readonly attempt = inject(Attempt);

  /** The only address that may sign in here; null: any. */
  readonly fixedEmail = input<string | null>(null);
  readonly signedIn = output();

  protected readonly email = linkedSignal(() => this.fixedEmail() ?? '');
  protected readonly password = signal('');
  protected readonly code = signal('');
  /** Password and address are right, and the code is to be given: of the authenticator, or one of those for its loss. */
  protected readonly step = signal<'password' | 'code' | 'recovery'>('password');

  focusPassword(): void {
    this.passwordField()?.focus();
  }

  protected async submit(event: Event): Promise<void> {
    event.preventDefault();
    const step = this.step();
    const code = step === 'password' ? {} : { code: this.code().trim() };
    const request = { email: this.email().trim(), password: this.password(), ...code };
    const fields: Fields = step === 'password' ? { '/email': [], '/password': [] } : { '/code': ['sign_in_failed', 'wrong_code'] };
    let isCodeWanted = false;
    const work = () =>
      this.session.signIn(request).catch((error: unknown) => {
        isCodeWanted = step === 'password' && error instanceof ApiProblem && error.code === 'second_factor_required';
        if (!isCodeWanted) throw error;
      });
    if (!(await this.attempt.run(work, { fields }))) return;
    if (isCodeWanted) this.ask('code');
    else this.signedIn.emit();
  }

  protected ask(step: 'password' | 'code' | 'recovery'): void {
    this.attempt.clear();
    this.code.set('');
    this.step.set(step);
    afterNextRender({ write: () => this.codeField()?.focus() }, { injector: this.injector });
  }
}
