import { computed, signal } from '@angular/core';
import { type RunEvent } from '@echo/contract';
import { type Observable, Subscription } from 'rxjs';
import { type ApiProblem } from './api-problem';
import { type AnswerReport, type AnswerSource } from './answer-source';
import { applyFailure, applyResponse } from './apply-event';
import { type ChatMessage } from './chat-message';
import { type ConversationView } from './conversation-view';
import { type Outgoing } from './outgoing';
import { PendingCalls } from './pending-calls';
import { asProblem } from './read-problem';
import { type RunStopper } from './run-stopper';
import { type StatusLine } from './status-line';

/** What a session does at the turns of an answer. */
export interface AnswerTurns {
  /** `isOwn`: it was asked for here, and not followed only. */
  accepted(conversationId: number | undefined, isOwn: boolean): void;
  refused(outgoing: Outgoing | undefined, problem: ApiProblem): void;
  ended(answer: ChatMessage | undefined): void;
  /** It can be streamed no more; `times` in a row. Read its message, then `follow` or `end`. */
  gone(runId: string | undefined, times: number): void;
  stopRefused(problem: ApiProblem): void;
}

/** The answer that is being made, from the request to its end. There is one at a time. */
export class CurrentAnswer {
  readonly #accepted = signal(false);
  readonly #isStopping = signal(false);
  readonly #sends = new PendingCalls<number>();
  readonly #stops = new PendingCalls<void>();
  #reports = new Subscription();
  #telling = new Subscription();
  /** What was sent, until it is accepted or refused. */
  #outgoing: Outgoing | undefined;
  /** It is asked for as one JSON, so no event will tell its run. */
  #askedWhole = false;
  #gone = 0;

  readonly isLoading = computed(() => this.view.isLive() && !this.#accepted());
  readonly isStreaming = computed(() => this.view.isLive() && this.#accepted());
  readonly isStopping = this.#isStopping.asReadonly();

  constructor(
    private readonly source: AnswerSource,
    private readonly stopper: RunStopper,
    private readonly view: ConversationView,
    private readonly line: StatusLine,
    private readonly turns: AnswerTurns,
  ) {}

  /** What is on its way and neither accepted nor refused. */
  get outgoing(): Outgoing | undefined {
    return this.#outgoing;
  }

  /** Resolves with the conversation's number once it is accepted. */
  send(outgoing: Outgoing): Promise<number> {
    this.#outgoing = outgoing;
    this.#askedWhole = false;
    this.#accepted.set(false);
    this.view.echo(outgoing);
    this.line.connecting();
    const sent = this.#sends.add();
    this.#watch(this.source.send(outgoing));
    return sent;
  }

  /** Follows a run that the view is waiting for. */
  follow(runId: string): void {
    this.#accepted.set(true);
    this.line.waiting();
    this.#watch(this.source.follow(runId));
  }

  /** Resolves when the server was told, or the answer has ended. */
  stop(): Promise<void> {
    if (!this.view.isLive()) return Promise.resolve();
    const told = this.#stops.add();
    if (!this.#isStopping()) {
      this.#isStopping.set(true);
      this.view.flush();
      this.#tell();
    }
    return told;
  }

  /** It has ended, in the state that the view has. */
  end(): void {
    const answer = this.view.finish();
    this.#rest();
    this.turns.ended(answer);
  }

  /** Hangs up; the run goes on. `reason`: why a request that waits for its acceptance hears no more. */
  leave(reason: ApiProblem): void {
    this.#outgoing = undefined;
    this.#gone = 0;
    this.#rest();
    this.#sends.reject(reason);
  }

  #watch(reports: Observable<AnswerReport>): void {
    this.#reports.unsubscribe();
    this.#reports = reports.subscribe({ next: (report) => this.#take(report), error: (error: unknown) => this.#refuse(asProblem(error)) });
  }

  #take(report: AnswerReport): void {
    switch (report.kind) {
      case 'event':
        return this.#takeEvent(report.event);
      case 'lost':
        return this.line.lost(report.waitMs);
      case 'dialing':
        return this.line.dialing();
      case 'connected':
        return this.line.connected();
      case 'parked':
        return this.line.parked();
      case 'gone':
        this.line.lost();
        return this.turns.gone(this.view.runId, this.#gone++);
      case 'asking-whole':
        this.#askedWhole = true;
        this.line.connecting();
        return this.#tell();
      case 'whole':
        this.view.change((message) => applyResponse(message, report.response, Date.now()));
        this.#accept(report.response.conversation_id);
        return this.end();
      case 'failed-whole':
        this.view.change((message) => applyFailure(message, report.problem, report.error, Date.now()));
        this.#accept(report.problem.conversation_id);
        return this.end();
    }
  }

  #takeEvent(event: RunEvent): void {
    this.#gone = 0;
    this.view.apply(event);
    this.line.event(event);
    if (event.type === 'start') this.#accept(event.conversation_id);
    if (event.type === 'done' || event.type === 'error') this.end();
  }

  #accept(conversationId: number | undefined): void {
    const isOwn = this.#outgoing !== undefined;
    this.#outgoing = undefined;
    this.#accepted.set(true);
    this.turns.accepted(conversationId, isOwn);
    if (conversationId !== undefined) this.#sends.resolve(conversationId);
    this.#tell();
  }

  #refuse(problem: ApiProblem): void {
    const outgoing = this.#outgoing;
    this.#outgoing = undefined;
    if (outgoing) this.view.refuse(outgoing);
    this.#rest();
    this.turns.refused(outgoing, problem);
    this.#sends.reject(problem);
  }

  /** Tells the server to stop as soon as that is wanted and the run can be named. */
  #tell(): void {
    if (!this.#isStopping()) return;
    const { runId } = this.view;
    const asked = this.#askedWhole ? this.#outgoing : undefined;
    const telling = runId !== undefined ? this.stopper.stop(runId) : asked && this.stopper.stopRunOf(asked);
    if (!telling) return;
    this.#telling.unsubscribe();
    this.#telling = telling.subscribe({
      next: () => this.#stops.resolve(),
      error: (error: unknown) => {
        this.#isStopping.set(false);
        this.#stops.resolve();
        this.turns.stopRefused(asProblem(error));
      },
    });
  }

  #rest(): void {
    this.#reports.unsubscribe();
    this.#telling.unsubscribe();
    this.#isStopping.set(false);
    this.#stops.resolve();
    this.line.idle();
  }
}
