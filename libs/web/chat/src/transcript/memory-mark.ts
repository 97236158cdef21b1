import { Component, input } from '@angular/core';

/** Between two messages: what is above it, the model does not get any more. */
@Component({ selector: 'echo-memory-mark', templateUrl: './memory-mark.html', styleUrl: './memory-mark.css' })
export class MemoryMark {
  /** Whose memory it is. */
  readonly model = input.required<string | null>();
}
