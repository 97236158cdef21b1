import { Component, Injector, afterNextRender, computed, inject, input, output, signal, viewChild } from '@angular/core';
import { type Account, type SecondFactorOffer } from '@echo/contract';
import { Attempt, Outcome, TextField } from '@echo/web-forms';
import { AccountApi } from '../account-api';
import { QrCode } from './qr-code';
import { RecoveryCodeList } from './recovery-code-list';

/** What a person is doing with it. `codes`: new recovery codes are shown. */
type Step = 'rest' | 'begin' | 'confirm' | 'codes' | 'renew' | 'end';

/** A second factor: begun with the password, counted from the first right code on, given up with a code. */
@Component({
  selector: 'echo-second-factor-section',
  imports: [Outcome, QrCode, RecoveryCodeList, TextField],
  providers: [Attempt],
  templateUrl: './second-factor-section.html',
  styleUrl: './second-factor-section.css',
})
export class SecondFactorSection {
  private readonly api = inject(AccountApi);
  private readonly injector = inject(Injector);
  private readonly entry = viewChild<TextField>('entry');
  protected readonly attempt = inject(Attempt);

  readonly account = input.required<Account>();
  readonly changed = output();

  protected readonly step = signal<Step>('rest');
  protected readonly password = signal('');
  protected readonly code = signal('');
  protected readonly offer = signal<SecondFactorOffer | undefined>(undefined);
  protected readonly codes = signal<readonly string[]>([]);
  /** In groups of four, as one reads it aloud. */
  protected readonly secret = computed(() => this.offer()?.secret.replace(/.{4}(?=.)/g, '$& ') ?? '');

  protected go(step: Step): void {
    this.attempt.clear();
    this.password.set('');
    this.code.set('');
    this.step.set(step);
    afterNextRender({ write: () => this.entry()?.focus() }, { injector: this.injector });
  }

  protected async begin(event: Event): Promise<void> {
    event.preventDefault();
    const work = async () => this.offer.set(await this.api.beginSecondFactor(this.password()));
    if (await this.attempt.run(work, { fields: { '/password': ['wrong_password'] } })) this.go('confirm');
  }

  protected async confirm(event: Event): Promise<void> {
    event.preventDefault();
    await this.takeCodes(async () => (await this.api.confirmSecondFactor(this.code().trim())).recovery_codes, 'The second factor is on.');
  }

  protected async renew(event: Event): Promise<void> {
    event.preventDefault();
    const work = async () => (await this.api.renewRecoveryCodes(this.code().trim())).recovery_codes;
    await this.takeCodes(work, 'The old recovery codes work no more.');
  }

  protected async end(event: Event): Promise<void> {
    event.preventDefault();
    const work = () => this.api.endSecondFactor(this.code().trim());
    if (!(await this.attempt.run(work, { fields: { '/code': ['wrong_code'] } }))) return;
    this.go('rest');
    this.attempt.say('The second factor is off.');
    this.changed.emit();
  }

  protected finish(): void {
    this.codes.set([]);
    this.go('rest');
  }

  private async takeCodes(work: () => Promise<readonly string[]>, said: string): Promise<void> {
    const isTaken = await this.attempt.run(async () => this.codes.set(await work()), { fields: { '/code': ['wrong_code'] } });
    if (!isTaken) return;
    this.offer.set(undefined);
    this.go('codes');
    this.attempt.say(said);
    this.changed.emit();
  }
}
