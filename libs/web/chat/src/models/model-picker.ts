import { Component, computed, input, output } from '@angular/core';
import { Icon } from '../icon/icon';
import { type ModelGroup } from './model-groups';

/** Chooses the model that answers next. A native select: it opens as each device's people know it. */
@Component({
  selector: 'echo-model-picker',
  imports: [Icon],
  templateUrl: './model-picker.html',
  styleUrl: './model-picker.css',
})
export class ModelPicker {
  readonly groups = input.required<readonly ModelGroup[]>();
  /** `provider/model`; undefined until it is known. */
  readonly choice = input<string>();
  readonly isLoading = input(false);
  /** Why the models could not be loaded. */
  readonly problem = input<string>();

  readonly chosen = output<string>();
  /** What is healthy may have changed: it is to be read (again). */
  readonly retried = output();
  readonly helpWanted = output();

  /** A choice that no provider lists, such as an old conversation's: it is kept, and shown as it is. */
  protected readonly unlisted = computed(() => {
    const choice = this.choice();
    const isListed = this.groups().some((group) => group.options.some((option) => option.value === choice));
    return choice === undefined || isListed ? undefined : choice;
  });

  protected choose(event: Event): void {
    this.chosen.emit((event.target as HTMLSelectElement).value);
  }
}
