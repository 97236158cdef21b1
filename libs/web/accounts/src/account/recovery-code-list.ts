import { Component, DOCUMENT, computed, inject, input, output } from '@angular/core';
import { ShownOnce } from '../form/shown-once';

/** Recovery codes, shown this once, to be copied or kept as a file. */
@Component({
  selector: 'echo-recovery-code-list',
  imports: [ShownOnce],
  templateUrl: './recovery-code-list.html',
})
export class RecoveryCodeList {
  private readonly document = inject(DOCUMENT);

  readonly codes = input.required<readonly string[]>();
  readonly email = input.required<string>();
  /** The person says that they have them. */
  readonly kept = output();

  protected readonly text = computed(() => this.codes().join('\n'));

  protected download(): void {
    const words = `EchoV2 recovery codes of ${this.email()} (${this.document.location.host})\nEach works once.\n\n${this.text()}\n`;
    const url = URL.createObjectURL(new Blob([words], { type: 'text/plain' }));
    const link = this.document.createElement('a');
    link.href = url;
    link.download = 'echov2-recovery-codes.txt';
    link.click();
    URL.revokeObjectURL(url);
  }
}
