import { computed, Injectable, signal } from '@angular/core';
import { type Conversation, LIMITS } from '@echo/contract';
import { ApiProblem } from './api-problem';
import { type ChatMessage } from './chat-message';
import { type ChatError, type ChatStatus } from './chat-status';

/**
 * One conversation, or a new one, as a page shows it. Provided by the page, ends with it. Every command that sends rejects with `ApiProblem` when the server did not
 * accept; `error` says the same, so a page needs to catch but not to show it.
 */
@Injectable()
export class ChatSession {
  readonly #conversation = signal<Conversation | undefined>(undefined);
  readonly #conversationId = signal<number | undefined>(undefined);
  readonly #messages = signal<readonly ChatMessage[]>([]);
  readonly #live = signal<ChatMessage | undefined>(undefined);
  readonly #error = signal<ChatError | undefined>(undefined);
  readonly #openError = signal<ChatError | undefined>(undefined);
  readonly #isOpening = signal(false);
  readonly #isStopping = signal(false);
  readonly #status = signal<ChatStatus>({ phase: 'idle', since: 0 });
  readonly #maxPromptChars = signal<number>(LIMITS.promptChars);

  /** Number of the open conversation; undefined until the first message of a new one was accepted. */
  readonly conversationId = this.#conversationId.asReadonly();
  readonly conversation = this.#conversation.asReadonly();
  /** The branch that is shown, the answer being made included, then the unsent message if there is one. */
  readonly messages = this.#messages.asReadonly();
  /** From send to the first event. */
  readonly isLoading = computed(() => this.#status().phase === 'connecting');
  /** From the first event to the last. */
  readonly isStreaming = computed(() => this.#live() !== undefined && !this.isLoading());
  /** The answer being made, from send to its end; it is in `messages` too, under the same key. */
  readonly streamingMessage = this.#live.asReadonly();
  readonly error = this.#error.asReadonly();
  readonly status = this.#status.asReadonly();
  /** While the history is being read. */
  readonly isOpening = this.#isOpening.asReadonly();
  /** Why the history could not be read. */
  readonly openError = this.#openError.asReadonly();
  /** From `stop()` to the end of the run. */
  readonly isStopping = this.#isStopping.asReadonly();
  /** Characters (code points) that a prompt may have. */
  readonly maxPromptChars = this.#maxPromptChars.asReadonly();

  /** Shows a conversation and follows its live run; undefined is a new chat. A run of the conversation that is left goes on. Never rejects: see `openError`. */
  open(_conversationId: number | undefined): Promise<void> {
    return Promise.resolve();
  }

  /** Takes the operator's limit, from `ModelsApi.server()`. */
  limitPrompt(maxChars: number): void {
    this.#maxPromptChars.set(maxChars);
  }

  /** Sends a prompt and waits for the whole answer. Resolves with the conversation's id when the answer is there. */
  sendMessage(_prompt: string, _model?: string, _provider?: string): Promise<number> {
    return Promise.reject(new ApiProblem('Not ready.', 0, 'internal_error'));
  }

  /** Sends a prompt and streams the answer. Resolves with the conversation's id as soon as the server accepted. */
  sendStreamingMessage(_prompt: string, _model?: string, _provider?: string): Promise<number> {
    return Promise.reject(new ApiProblem('Not ready.', 0, 'internal_error'));
  }

  /** Stops the run that is being answered; what was seen is kept. */
  stop(): Promise<void> {
    return Promise.resolve();
  }

  /** Makes another answer beside `messageId`, or beside the last one shown. */
  regenerate(_messageId?: number, _model?: string, _provider?: string): Promise<number> {
    return Promise.reject(new ApiProblem('Not ready.', 0, 'internal_error'));
  }

  /** Sends another version of a message of the person's; the first one stays as its sibling. */
  editMessage(_messageId: number, _prompt: string, _model?: string, _provider?: string): Promise<number> {
    return Promise.reject(new ApiProblem('Not ready.', 0, 'internal_error'));
  }

  /** Sends what was not accepted once more, under the same key. */
  retry(): Promise<number> {
    return Promise.reject(new ApiProblem('Not ready.', 0, 'internal_error'));
  }

  /** Shows another version of a message, and the newest branch after it. */
  chooseSibling(_messageId: number): void {
    this.#error.set(undefined);
  }

  /** Takes the unsent message away. */
  dismissUnsent(): void {
    this.#error.set(undefined);
  }

  /** Empties this view; the server keeps the messages, and the next prompt still follows them. */
  clearMessages(): void {
    this.#messages.set([]);
  }

  clearError(): void {
    this.#error.set(undefined);
  }
}
