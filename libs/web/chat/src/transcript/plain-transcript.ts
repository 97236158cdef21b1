import { Component, input } from '@angular/core';
import { type ChatMessage } from '@echo/web-chat-client';
import { PartMissing } from '../status/part-missing';

/** The messages as plain text: what is left to show when the code of the transcript could not be loaded. */
@Component({
  selector: 'echo-plain-transcript',
  imports: [PartMissing],
  templateUrl: './plain-transcript.html',
  styleUrl: './plain-transcript.css',
})
export class PlainTranscript {
  readonly messages = input.required<readonly ChatMessage[]>();
}
