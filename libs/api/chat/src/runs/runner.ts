import { type AskedModel, type ModelPart, ProviderError, runErrorCodeOf } from '@echo/api-providers';
import { isDataError, ReplicaFencedError, RunStore } from '@echo/api-persistence';
import { type RunError, type RunEvent } from '@echo/contract';
import { Injectable, Logger } from '@nestjs/common';
import { type BegunRun, RunObserver } from '../run-observer';
import { ChatSettings } from '../settings';
import { type LiveRun, type StopCause } from './live-run';
import { LiveRuns } from './live-runs';
import { Places } from './places';
import { Progress } from './progress';
import { type Question } from './question';
import { Replica } from './replica';
import { billOf, endOf, type Outcome, terminalEvent } from './run-ending';
import { RunWriter } from './run-writer';
import { Speaker } from './speaker';

/** Milliseconds that a run waits for a place before it fails. */
const QUEUE_MS = 30_000;
const RETRY_MS = 500;
/** Characters of one part after which the next is read without delay. */
const LARGE_CHARS = 4_096;

const INTERRUPTED: Record<Exclude<StopCause, 'person'>, RunError> = {
  shutdown: {
    code: 'interrupted',
    message: 'The server was restarted while answering. What came is kept; ask again for the whole answer.',
    retryable: true,
  },
  fenced: {
    code: 'interrupted',
    message: 'The server lost its place while answering. What came is kept; ask again for the whole answer.',
    retryable: true,
  },
  storage: {
    code: 'storage_unavailable',
    message: 'The answer could not be stored any more. What you saw is kept; ask again for the whole answer.',
    retryable: true,
  },
};

/** Makes runs: asks the model, passes on what it says, and sees to it that every run ends. A run belongs to the server, never to a request. */
@Injectable()
export class Runner {
  private readonly logger = new Logger(Runner.name);
  private readonly places: Places;

  constructor(
    private readonly store: RunStore,
    private readonly writer: RunWriter,
    private readonly runs: LiveRuns,
    private readonly replica: Replica,
    private readonly observer: RunObserver,
    settings: ChatSettings,
  ) {
    this.places = new Places(settings.maxLiveRuns);
  }

  /** Runs that wait for a place. */
  get queued(): number {
    return this.places.waiting;
  }

  /** Makes the run to its end. Never rejects. */
  make(run: LiveRun, model: AskedModel, question: Question): Promise<void> {
    return this.observer.within(nameOf(run), () => this.makeObserved(run, model, question));
  }

  private async makeObserved(run: LiveRun, model: AskedModel, question: Question): Promise<void> {
    const progress = new Progress(run, this.writer);
    const speaker = new Speaker(model, question);
    this.observer.began(nameOf(run));
    let outcome: Outcome;
    try {
      outcome = await this.answer(run, progress, speaker);
    } catch (error) {
      // A model throws ProviderError; anything else is a defect of ours, and ends this run alone.
      outcome = this.outcomeOf(run, error);
    }
    await this.end(run, progress, outcome, speaker);
  }

  private async answer(run: LiveRun, progress: Progress, speaker: Speaker): Promise<Outcome> {
    const mustWait = !this.places.hasFree;
    if (mustWait) {
      progress.say({ type: 'status', status: 'queued' });
      this.mark(run, 'queued');
    }
    if (!(await this.places.take(QUEUE_MS, run.signal))) {
      run.signal.throwIfAborted();
      return { status: 'failed', error: { code: 'overloaded', message: 'The server is busy. Try again in a moment.', retryable: true } };
    }
    if (mustWait) this.mark(run, 'connecting');
    try {
      for (;;) {
        try {
          return await this.listen(run, progress, speaker);
        } catch (error) {
          // Once a word has come, nobody else takes over: nothing is said twice.
          const fallback = progress.hasText || run.signal.aborted ? undefined : await speaker.fallBack(error);
          if (!fallback) throw error;
          this.logger.warn(`Run ${run.id}: ${fallback.model} is asked instead, after ${fallback.reason}`);
          progress.say(fallback);
        }
      }
    } finally {
      this.places.free();
    }
  }

  private async listen(run: LiveRun, progress: Progress, speaker: Speaker): Promise<Outcome> {
    for await (const part of speaker.stream(run.signal)) {
      if (part.type === 'finish') return { status: 'completed', finishReason: part.reason, usage: part.usage, model: part.model };
      progress.say(eventOf(part));
      // What comes until the next commit would wait for it anyway: it is read then, at once and for less. Much at once is read on.
      if (part.type !== 'status' && part.text.length < LARGE_CHARS) await this.writer.nextTurn();
    }
    throw new Error('A model ended without saying how.');
  }

  private outcomeOf(run: LiveRun, error: unknown): Outcome {
    const cause = run.stopCause;
    if (cause === 'person') return { status: 'stopped', finishReason: 'stopped', usage: undefined };
    if (cause) return { status: 'interrupted', error: INTERRUPTED[cause] };
    if (error instanceof ProviderError) {
      this.logger.warn(
        `Run ${run.id} failed: ${error.kind}${error.status ? ` ${error.status}` : ''}${error.logDetail ? `: ${error.logDetail}` : ''}`,
      );
      return { status: 'failed', error: { code: runErrorCodeOf(error.kind), message: error.message, retryable: error.retryable } };
    }
    this.logger.error(`Run ${run.id} failed`, error);
    return {
      status: 'failed',
      error: { code: 'internal_error', message: 'Something went wrong on our side. Ask again.', retryable: true },
    };
  }

  /** Stores and shows how the run ended. Tries until it is stored, or another replica has done it. */
  private async end(run: LiveRun, progress: Progress, outcome: Outcome, speaker: Speaker): Promise<void> {
    const bill = billOf(outcome, progress, speaker);
    run.say(terminalEvent(run, progress, outcome, bill));
    let end = endOf(progress, speaker, outcome, bill, await this.writer.release(run));
    for (let told = false; !this.replica.isClosed;) {
      try {
        await this.store.finish(this.replica.id, run.id, end);
        run.deliver(end.events);
        break;
      } catch (failure) {
        // The database is away (it will pass), refuses the last text (it is left out), or takes us for dead (this process ends).
        if (failure instanceof ReplicaFencedError) this.replica.fenced();
        if (!told) this.logger.warn(`Run ${run.id}: its end is not stored yet`, failure);
        told = true;
        if (isDataError(failure)) {
          const refused: Outcome = { status: 'interrupted', error: INTERRUPTED.storage };
          const event = terminalEvent(run, progress, refused, bill);
          end = endOf(progress, speaker, refused, bill, [{ seq: end.events[0]?.seq ?? 2, event }]);
        }
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
    this.runs.remove(run);
    run.settle();
    this.observer.ended({ ...nameOf(run), ...progress.times, status: end.status, errorCode: end.error?.code, usage: bill.usage });
  }

  /** Shows in the run's row what it is doing. Only for those who look; nothing depends on it. */
  private mark(run: LiveRun, status: 'queued' | 'connecting'): void {
    this.store
      .mark(run.id, status)
      .catch((error: unknown) => this.logger.debug(`Run ${run.id}: its state was not stored: ${String(error)}`));
  }
}

function nameOf({ start }: LiveRun): BegunRun {
  return { id: start.run_id, conversationId: start.conversation_id, provider: start.provider, model: start.model };
}

function eventOf(part: Exclude<ModelPart, { type: 'finish' }>): RunEvent {
  switch (part.type) {
    case 'text':
      return { chunk: part.text, type: 'content' };
    case 'reasoning':
      return { chunk: part.text, type: 'reasoning' };
    case 'status':
      return { type: 'status', status: part.status, reason: part.reason, wait_ms: part.waitMs };
  }
}
