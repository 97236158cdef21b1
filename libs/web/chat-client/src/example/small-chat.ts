import { Component, inject } from '@angular/core';
import { ApiProblem, ChatSession } from '../index';

/** The first example of `README.md`, word for word. */
@Component({
  selector: 'echo-small-chat',
  providers: [ChatSession], // one session per page; it ends with the page
  template: `
    @for (message of session.messages(); track message.key) {
      <p>{{ message.role }}: {{ message.text }}</p>
    }
    @if (session.error(); as error) {
      <p role="alert">{{ error.message }}</p>
    }
    <label>Message <input #prompt /></label>
    <button type="button" (click)="send(prompt.value)" [disabled]="session.isLoading() || session.isStreaming()">Send</button>
    <button type="button" (click)="stop()" [disabled]="!session.isStreaming()">Stop</button>
  `,
})
export class SmallChat {
  protected readonly session = inject(ChatSession);

  protected send(prompt: string): void {
    this.session.sendStreamingMessage(prompt).catch(leaveToError);
  }

  protected stop(): void {
    this.session.stop().catch(leaveToError);
  }
}

/** `session.error` has said what the server refused. */
function leaveToError(problem: unknown): void {
  if (!(problem instanceof ApiProblem)) throw problem;
}
