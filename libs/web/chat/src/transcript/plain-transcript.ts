import { Component, DOCUMENT, inject, input } from '@angular/core';
import { type ChatMessage } from '@echo/web-chat-client';

/** The messages as plain text: what is left to show when the code of the transcript could not be loaded. */
@Component({ selector: 'echo-plain-transcript', templateUrl: './plain-transcript.html', styleUrl: './plain-transcript.css' })
export class PlainTranscript {
  private readonly document = inject(DOCUMENT);

  readonly messages = input.required<readonly ChatMessage[]>();

  protected reload(): void {
    this.document.location.reload();
  }
}
