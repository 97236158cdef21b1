import { Component, input, signal } from '@angular/core';
import { copyText } from '@echo/web-chat-client';

/** A text that is there to be copied now: it is not shown again. */
@Component({ selector: 'echo-shown-once', templateUrl: './shown-once.html', styleUrl: './shown-once.css' })
export class ShownOnce {
  readonly label = input.required<string>();
  readonly text = input.required<string>();

  protected readonly said = signal('');

  protected async copy(): Promise<void> {
    const isCopied = await copyText(this.text());
    this.said.set(isCopied ? 'Copied.' : 'The browser did not allow it: select the text and copy it.');
  }
}
