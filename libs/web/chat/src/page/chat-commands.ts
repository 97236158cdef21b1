import { Injectable, computed, inject, signal } from '@angular/core';
import { ApiProblem, ChatSession, Drafts } from '@echo/web-chat-client';
import { BrowserMemory } from '../browser-memory';
import { splitChoice } from '../models/model-groups';
import { ModelCatalog } from '../models/model-catalog';
import { type MessageEdit } from '../transcript/message-edit';
import { type Regeneration } from '../transcript/regeneration';
import { ComposerFocus } from './composer-focus';

/** What a person can do in the open conversation: the session's commands with the model, the switch and the draft filled in. Provided by the page. */
@Injectable()
export class ChatCommands {
  private readonly session = inject(ChatSession);
  private readonly models = inject(ModelCatalog);
  private readonly composer = inject(ComposerFocus);
  private readonly drafts = inject(Drafts);
  private readonly memory = inject(BrowserMemory);
  private readonly text = signal('');
  private readonly streams = signal(this.memory.read('streaming') !== 'off');
  /** The conversation whose draft is in the composer. */
  private draftOf: number | undefined;

  readonly draft = this.text.asReadonly();
  readonly isStreamingWanted = this.streams.asReadonly();
  private readonly target = computed(() => {
    const choice = this.models.choice();
    return choice === undefined ? undefined : splitChoice(choice);
  });

  write(text: string): void {
    this.text.set(text);
    this.drafts.write(this.draftOf, text);
  }

  /** Puts a prompt into the composer, to be finished there. */
  begin(prompt: string): void {
    this.write(prompt);
    this.composer.focus();
  }

  restoreDraft(conversationId: number | undefined): void {
    this.draftOf = conversationId;
    this.text.set(this.drafts.read(conversationId));
  }

  /** The new chat has become this conversation, and what is written goes with it. */
  moveDraft(conversationId: number): void {
    this.drafts.clear(this.draftOf);
    this.draftOf = conversationId;
    this.drafts.write(conversationId, this.text());
  }

  wantStreaming(isWanted: boolean): void {
    this.streams.set(isWanted);
    this.memory.write('streaming', isWanted ? 'on' : 'off');
  }

  async send(prompt: string): Promise<void> {
    // The kept draft goes when the server has the text, not before: a reload in between loses nothing.
    this.drafts.write(this.draftOf, prompt);
    const target = this.target();
    const sending = this.streams()
      ? this.session.sendStreamingMessage(prompt, target?.model, target?.provider)
      : this.session.sendMessage(prompt, target?.model, target?.provider);
    if ((await this.attempt(sending)) && this.text() === '') this.drafts.clear(this.draftOf);
  }

  /** Sends what a person chose from what is offered. */
  async ask(prompt: string): Promise<void> {
    this.composer.goOn();
    await this.send(prompt);
  }

  async retry(): Promise<void> {
    this.composer.goOn();
    if ((await this.attempt(this.session.retry())) && this.text() === '') this.drafts.clear(this.draftOf);
  }

  /** Asks for another answer, of the model that is named, else of the one that is chosen. */
  async regenerate({ messageId, choice }: Regeneration): Promise<void> {
    const target = choice === undefined ? this.target() : splitChoice(choice);
    this.composer.goOn();
    await this.attempt(this.session.regenerate(messageId, target?.model, target?.provider));
  }

  /** Goes on with the answer, by the model that began it. */
  async goOn(messageId: number): Promise<void> {
    this.composer.goOn();
    await this.attempt(this.session.continueAnswer(messageId));
  }

  async edit({ messageId, text }: MessageEdit): Promise<void> {
    const target = this.target();
    this.composer.goOn();
    await this.attempt(this.session.editMessage(messageId, text, target?.model, target?.provider));
  }

  /** Puts a message that was not sent back into the composer, before what is written there. */
  takeBack(text: string): void {
    this.session.dismissUnsent();
    this.begin(this.text() === '' ? text : `${text}\n\n${this.text()}`);
  }

  /** Ends an answer from which nothing comes any more. */
  giveUp(): void {
    this.composer.goOn();
    this.stop();
  }

  dismissError(): void {
    this.composer.goOn();
    this.session.clearError();
  }

  stop(): void {
    void this.attempt(this.session.stop());
  }

  /** Whether it worked. Where it did not, the session's `error` says so to the person. */
  private async attempt(work: Promise<unknown>): Promise<boolean> {
    try {
      await work;
      return true;
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      return false;
    }
  }
}
