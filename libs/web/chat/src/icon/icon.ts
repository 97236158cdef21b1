import { Component, computed, input } from '@angular/core';
import { ICONS, type IconName } from './icons';

/** A sign, drawn in the colour of the text around it and silent for screen readers: the control that holds it has the name. */
@Component({ selector: 'echo-icon', templateUrl: './icon.html', styleUrl: './icon.css' })
export class Icon {
  readonly name = input.required<IconName>();

  protected readonly path = computed(() => ICONS[this.name()]);
}
