import { Component, input, output } from '@angular/core';

/** Whether answers are shown while they are being written. */
@Component({ selector: 'echo-streaming-switch', templateUrl: './streaming-switch.html', styleUrl: './streaming-switch.css' })
export class StreamingSwitch {
  readonly isOn = input(true);

  readonly changed = output<boolean>();

  protected change(event: Event): void {
    this.changed.emit((event.target as HTMLInputElement).checked);
  }
}
