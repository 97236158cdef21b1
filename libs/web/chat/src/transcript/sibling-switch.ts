import { Component, computed, input, output } from '@angular/core';
import { Icon } from '../icon/icon';

/** Goes through the versions of a message, where there is more than one. */
@Component({ selector: 'echo-sibling-switch', imports: [Icon], templateUrl: './sibling-switch.html', styleUrl: './sibling-switch.css' })
export class SiblingSwitch {
  readonly messageId = input<number>();
  readonly siblings = input.required<readonly number[]>();
  readonly isOff = input(false);

  readonly chosen = output<number>();

  protected readonly index = computed(() => this.siblings().indexOf(this.messageId() ?? Number.NaN));
  protected readonly previous = computed(() => this.siblings()[this.index() - 1]);
  protected readonly next = computed(() => this.siblings()[this.index() + 1]);

  protected choose(id: number | undefined): void {
    if (id !== undefined && !this.isOff()) this.chosen.emit(id);
  }
}
