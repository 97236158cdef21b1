import { DestroyRef, DOCUMENT, inject, Injectable, signal, untracked } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { type ConversationDetails, LIMITS } from '@echo/contract';
import { type ApiProblem } from './api-problem';
import { AnswerSource } from './answer-source';
import { errorOfProblem, errorOfRun } from './chat-errors';
import { CHAT_SETTINGS } from './chat-settings';
import { type ChatMessage } from './chat-message';
import { type ChatError } from './chat-status';
import { checkPrompt } from './check-prompt';
import { ConversationReader, type StoredConversation } from './conversation-reader';
import { ConversationView, liveRunOf } from './conversation-view';
import { ConversationsApi } from './conversations-api';
import { CurrentAnswer } from './current-answer';
import { Drafts } from './drafts';
import { left, noSuchMessage, nothingToRetry, stillAnswering } from './local-refusals';
import { again, type Choice, type Outgoing, outgoingAnswer, outgoingPrompt, type Place, type Refused } from './outgoing';
import { RunStopper } from './run-stopper';
import { SessionReading } from './session-reading';
import { StatusLine } from './status-line';
import { TabChannel, type TabNews } from './tab-channel';

/**
 * One conversation, or a new one, as a page shows it. Provided by the page, ends with it. Every command that sends rejects with `ApiProblem` when the server did not
 * accept; `error` says the same, so a page needs to catch but not to show it.
 */
@Injectable()
export class ChatSession {
  readonly #conversations = inject(ConversationsApi);
  readonly #reading = new SessionReading(inject(ConversationReader));
  readonly #tabs = inject(TabChannel);
  readonly #drafts = inject(Drafts);
  readonly #document = inject(DOCUMENT);
  readonly #view = new ConversationView(this.#document);
  readonly #line = new StatusLine(inject(CHAT_SETTINGS).streamingTimeout);
  readonly #answer = new CurrentAnswer(inject(AnswerSource), inject(RunStopper), this.#view, this.#line, {
    accepted: (conversationId, isOwn) => this.#join(conversationId, isOwn),
    refused: (outgoing, problem) => this.#keepUnsent(outgoing, problem),
    ended: (answer) => this.#conclude(answer),
    gone: (runId, times) => this.#readInstead(runId, times),
    stopRefused: (problem) => this.#error.set(errorOfProblem(problem, 'reload')),
  });

  readonly #conversation = signal<ConversationDetails | undefined>(undefined);
  readonly #conversationId = signal<number | undefined>(undefined);
  readonly #error = signal<ChatError | undefined>(undefined);
  readonly #openError = signal<ChatError | undefined>(undefined);
  readonly #isOpening = signal(false);
  readonly #maxPromptChars = signal<number>(LIMITS.promptChars);
  #opening: Promise<void> = Promise.resolve();
  #refused: Refused | undefined;

  /** Number of the open conversation; undefined until the first message of a new one was accepted. */
  readonly conversationId = this.#conversationId.asReadonly();
  /** Its title and settings, as last read. */
  readonly conversation = this.#conversation.asReadonly();
  /** The branch that is shown, the answer being made included, then the unsent message if there is one. */
  readonly messages = this.#view.messages;
  /** From send to the first event. */
  readonly isLoading = this.#answer.isLoading;
  /** From the first event to the last. */
  readonly isStreaming = this.#answer.isStreaming;
  /** The answer being made, from send to its end; it is in `messages` too, under the same key. */
  readonly streamingMessage = this.#view.streamingMessage;
  readonly error = this.#error.asReadonly();
  readonly status = this.#line.status;
  /** While the history is being read. */
  readonly isOpening = this.#isOpening.asReadonly();
  /** Why the history could not be read. */
  readonly openError = this.#openError.asReadonly();
  /** From `stop()` to the end of the run. */
  readonly isStopping = this.#answer.isStopping;
  /** Characters (code points) that a prompt may have. */
  readonly maxPromptChars = this.#maxPromptChars.asReadonly();

  constructor() {
    inject(DestroyRef).onDestroy(() => this.#leave());
    this.#tabs.heard.pipe(takeUntilDestroyed()).subscribe((news) => this.#hear(news));
  }

  /** Shows a conversation and follows its live run; undefined is a new chat. A run of the conversation that is left goes on. Never rejects: see `openError`. */
  open(conversationId: number | undefined): Promise<void> {
    // Often called by an effect, which must depend on the page's address and not on what is open.
    return untracked(() => this.#open(conversationId));
  }

  /** Takes the operator's limit, from `ModelsApi.server()`. */
  limitPrompt(maxChars: number): void {
    this.#maxPromptChars.set(maxChars);
  }

  /** Sends a prompt and waits for the whole answer. Resolves with the conversation's id when the answer is there. */
  sendMessage(prompt: string, model?: string, provider?: string): Promise<number> {
    return this.#sendPrompt(prompt, { model, provider }, () => ({ ...this.#view.end, atEnd: true }), true);
  }

  /** Sends a prompt and streams the answer. Resolves with the conversation's id as soon as the server accepted. */
  sendStreamingMessage(prompt: string, model?: string, provider?: string): Promise<number> {
    return this.#sendPrompt(prompt, { model, provider }, () => ({ ...this.#view.end, atEnd: true }), false);
  }

  /** Sends another version of a message of the person's; the first one stays as its sibling. */
  editMessage(messageId: number, prompt: string, model?: string, provider?: string): Promise<number> {
    const place = this.#view.placeOf(messageId);
    if (!place) return this.#reject(noSuchMessage());
    return this.#sendPrompt(prompt, { model, provider }, () => ({ ...place, atEnd: false }), false);
  }

  /** Makes another answer beside `messageId`, or beside the last one shown. */
  regenerate(messageId?: number, model?: string, provider?: string): Promise<number> {
    return this.#answerAgain('regenerate', messageId, { model, provider });
  }

  /** Goes on from the text of an answer that was cut short, as another answer beside it. */
  continueAnswer(messageId?: number, model?: string, provider?: string): Promise<number> {
    return this.#answerAgain('continue', messageId, { model, provider });
  }

  /** Sends what was not accepted once more, under the same key. */
  retry(): Promise<number> {
    const refused = this.#refused;
    if (!refused) return this.#reject(nothingToRetry());
    return this.#send(again(refused, this.#view.end));
  }

  /** Stops the answer that is being made; what was seen is kept. Resolves when the server was told, or the answer has ended. */
  stop(): Promise<void> {
    return this.#answer.stop();
  }

  /** Shows another version of a message, and the newest branch after it. */
  chooseSibling(messageId: number): void {
    this.#view.choose(messageId);
  }

  /** Tells the server that the person has seen the answers. What fails is repeated when the conversation is read again. */
  markRead(): void {
    const conversation = this.#conversation();
    if (!conversation?.unread) return;
    this.#conversation.set({ ...conversation, unread: false });
    this.#conversations.update(conversation.id, { unread: false }).catch(() => undefined);
  }

  /** Takes the unsent message away. */
  dismissUnsent(): void {
    this.#refused = undefined;
    this.#view.dismissUnsent();
    this.#error.set(undefined);
  }

  /** Empties this view; the server keeps the messages, and the next prompt still follows them. */
  clearMessages(): void {
    this.#refused = undefined;
    this.#view.hide();
    this.#error.set(undefined);
  }

  clearError(): void {
    this.#error.set(undefined);
  }

  #open(conversationId: number | undefined): Promise<void> {
    if (conversationId !== undefined && conversationId === this.#conversationId() && !this.#openError()) {
      // The page's address has caught up with a conversation that began here, or is chosen once more.
      if (!this.#view.isLive() && !this.#isOpening()) this.#refresh(conversationId);
      return this.#opening;
    }
    this.#leave();
    this.#conversationId.set(conversationId);
    if (conversationId === undefined) return Promise.resolve();
    this.#isOpening.set(true);
    this.#opening = new Promise((resolve) => {
      const fail = (problem: ApiProblem) => this.#openError.set(errorOfProblem(problem, 'reload'));
      const ended = () => {
        this.#isOpening.set(false);
        resolve();
      };
      this.#reading.open(conversationId, (stored) => this.#show(stored), fail, ended);
    });
    return this.#opening;
  }

  async #sendPrompt(prompt: string, choice: Choice, place: () => Place, whole: boolean): Promise<number> {
    const fault = checkPrompt(prompt, this.#maxPromptChars());
    if (fault) return this.#reject(fault);
    const conversationId = this.#conversationId();
    // What it follows is known once the history is there.
    if (this.#isOpening()) await this.#opening;
    if (this.#conversationId() !== conversationId) throw left();
    return this.#send(outgoingPrompt(prompt, choice, { ...place(), conversationId }, whole));
  }

  #answerAgain(verb: 'regenerate' | 'continue', messageId: number | undefined, choice: Choice): Promise<number> {
    const id = messageId ?? this.#view.lastAnswer;
    const place = id === undefined ? undefined : this.#view.placeOf(id);
    if (!place) return this.#reject(noSuchMessage());
    return this.#send(outgoingAnswer(`/messages/${id}/${verb}`, choice, place.parent, verb === 'continue' ? place.text : ''));
  }

  #send(outgoing: Outgoing): Promise<number> {
    if (this.#view.isLive()) return this.#reject(stillAnswering());
    this.#reading.stop();
    this.#error.set(undefined);
    this.#refused = undefined;
    return this.#answer.send(outgoing);
  }

  #reject(problem: ApiProblem): Promise<never> {
    this.#error.set(errorOfProblem(problem, 'retry'));
    return Promise.reject(problem);
  }

  #join(conversationId: number | undefined, isOwn: boolean): void {
    if (conversationId === undefined) return;
    if (isOwn) this.#tabs.tell({ kind: 'began', conversationId, messageId: this.#view.streamingMessage()?.id });
    if (this.#conversationId() !== undefined) return;
    this.#conversationId.set(conversationId);
    // Its title: nice to have now, and read again after the answer.
    this.#reading.details(conversationId, (read) => this.#conversation.set(read));
  }

  #keepUnsent(outgoing: Outgoing | undefined, problem: ApiProblem): void {
    if (outgoing) this.#refused = { outgoing, problem };
    this.#error.set(errorOfProblem(problem, 'retry'));
    const conversationId = this.#conversationId();
    // Another tab has asked: show what it is getting.
    if (problem.code === 'run_in_progress' && conversationId !== undefined) this.#refresh(conversationId);
  }

  #conclude(answer: ChatMessage | undefined): void {
    if (answer?.error) this.#error.set(errorOfRun(answer.error));
    const conversationId = this.#conversationId();
    if (conversationId === undefined) return;
    // What is stopped does not count as unread.
    const isSeen = !this.#document.hidden && answer?.state !== 'stopped';
    this.#tabs.tell({ kind: 'ended', conversationId, messageId: answer?.id, isSeen });
    this.#refresh(conversationId);
  }

  /** Another tab tells of something; of interest is what happens here. */
  #hear(news: TabNews): void {
    if (!('conversationId' in news) || news.conversationId !== this.#conversationId()) return;
    const { kind, conversationId, messageId } = news;
    if (kind === 'read') this.#conversation.update((conversation) => conversation && { ...conversation, unread: false });
    if (kind === 'deleted') {
      this.#leave();
      void this.#open(conversationId);
    }
    const isNews = (kind === 'began' || kind === 'ended') && !this.#view.knows(messageId);
    if (isNews && !this.#view.isLive() && !this.#isOpening()) this.#refresh(conversationId, messageId);
  }

  /** Learns the numbers of what was echoed, and what other tabs have added; shows `messageId` where it stands beside what is shown. */
  #refresh(conversationId: number, messageId?: number): void {
    this.#reading.behind(conversationId, (stored) => this.#show(stored, messageId));
  }

  /** The run can be streamed no more: its message says how it ended. */
  #readInstead(runId: string | undefined, times: number): void {
    const conversationId = this.#conversationId();
    if (conversationId === undefined) return;
    const show = ({ conversation, messages }: StoredConversation) => {
      if (runId !== undefined && liveRunOf(messages) === runId) return this.#answer.follow(runId);
      this.#conversation.set(conversation);
      this.#view.settle(messages.find((message) => message.run_id === runId));
      this.#answer.end();
    };
    this.#reading.later(conversationId, times, show, (problem) => {
      this.#view.settle(undefined);
      this.#answer.end();
      this.#error.set(errorOfProblem(problem, 'reload'));
    });
  }

  #show({ conversation, messages }: StoredConversation, messageId?: number): void {
    this.#conversation.set(conversation);
    this.#view.merge(messages);
    this.#view.turnTo(messageId);
    const runId = liveRunOf(messages);
    if (runId !== undefined && this.#view.follow(runId)) this.#answer.follow(runId);
  }

  /** Hangs up, keeps unsent text as a draft, and empties the page. */
  #leave(): void {
    const kept = (this.#answer.outgoing ?? this.#refused?.outgoing)?.prompt?.text;
    const conversationId = this.#conversationId();
    if (kept !== undefined && this.#drafts.read(conversationId) === '') this.#drafts.write(conversationId, kept);
    this.#reading.stop();
    this.#answer.leave(left());
    this.#view.reset();
    this.#refused = undefined;
    this.#opening = Promise.resolve();
    this.#conversation.set(undefined);
    this.#conversationId.set(undefined);
    this.#error.set(undefined);
    this.#openError.set(undefined);
  }
}
