import { isLive, isTerminal, type RunEvent, type SequencedEvent } from '@echo/contract';
import { EMPTY, type Observable, type Subscriber, Subscription, switchMap, timer } from 'rxjs';
import { backoffMs } from './backoff';
import { type ChatStream } from './chat-stream';
import { fromAbortable } from './from-abortable';
import { type PageActivity, type Waking } from './page-activity';
import { isPassing, isUnheard, waitOf } from './passing-faults';
import { type RunsApi } from './runs-api';
import { HIDDEN_VISIT_MS, type Pace, type VisitingPace } from './visiting-pace';

/** Milliseconds that a visit lasts once the server answers: long enough for what is there already. */
export const VISIT_LENGTH_MS = 300;
/** POSTs that may stay without any answer before the caller is told. They carry one key, so they start one run. */
const UNHEARD_POSTS = 2;
/** Connections and visits in a row that brought nothing before we ask whether the run is live at all: a proxy may hold streams back. */
const FRUITLESS_FOLLOWS = 3;

/** What happens on the way to the end of a run. `gone`: it can be streamed no more; read its message. */
export type RunReport =
  | { readonly kind: 'event'; readonly event: RunEvent }
  | { readonly kind: 'connected' | 'parked' | 'dialing' | 'gone' }
  | { readonly kind: 'lost'; readonly waitMs: number };

/** Where a connection begins: with the POST that starts the run, or after an event of one that is known. */
export type RunOrigin =
  { readonly post: (opened: () => void) => Observable<SequencedEvent> } | { readonly runId: string; readonly after: number };

export interface RunConnectionNeeds {
  readonly stream: ChatStream;
  readonly runs: RunsApi;
  readonly page: PageActivity;
  readonly pace: VisitingPace;
}

/** Brings one run to its end over as many connections as it takes. */
export class RunConnection {
  readonly #all = new Subscription();
  /** The connection, or the wait for the next one. */
  #wire = new Subscription();
  /** `idle`: between two visits. `waiting`: for the next try after a failure. */
  #state: 'idle' | 'dialing' | 'open' | 'waiting' = 'idle';
  #pace: Pace = 'held';
  #visit = new Subscription();
  #ended = false;
  #runId: string | undefined;
  #last: number;
  #failures = 0;
  #fruitless = 0;

  constructor(
    private readonly needs: RunConnectionNeeds,
    private readonly origin: RunOrigin,
    private readonly out: Subscriber<RunReport>,
  ) {
    this.#runId = 'runId' in origin ? origin.runId : undefined;
    this.#last = 'runId' in origin ? origin.after : 0;
  }

  start(): Subscription {
    this.#all.add(() => this.#wire.unsubscribe());
    this.#all.add(() => this.#visit.unsubscribe());
    this.#dial();
    this.#all.add(this.needs.pace.pace.subscribe((pace) => this.#follow(pace)));
    this.#all.add(this.needs.page.woken.subscribe((waking) => this.#wake(waking)));
    return this.#all;
  }

  #dial(): void {
    this.#state = 'dialing';
    this.#visit.unsubscribe();
    this.#out({ kind: 'dialing' });
    this.#replaceWire(() =>
      this.#source().subscribe({
        next: (event) => this.#take(event),
        error: (error: unknown) => this.#recover(error),
        complete: () => this.#close(),
      }),
    );
  }

  #source(): Observable<SequencedEvent> {
    const opened = () => {
      this.#state = 'open';
      this.#out({ kind: 'connected' });
      this.#limit();
    };
    const runId = this.#runId;
    if (runId === undefined) return 'post' in this.origin ? this.origin.post(opened) : EMPTY;
    const follow = this.needs.stream.follow(runId, this.#last, opened);
    if (this.#fruitless < FRUITLESS_FOLLOWS) return follow;
    this.#fruitless = 0;
    return fromAbortable((signal) => this.needs.runs.get(runId, signal)).pipe(switchMap((run) => (isLive(run.status) ? follow : EMPTY)));
  }

  #take({ seq, event }: SequencedEvent): void {
    this.#failures = 0;
    this.#fruitless = 0;
    this.#last = seq;
    this.#ended = isTerminal(event);
    if (event.type === 'start') {
      this.#runId = event.run_id;
      this.#limit();
    }
    this.#out({ kind: 'event', event });
  }

  #recover(error: unknown): void {
    const runKnown = this.#runId !== undefined;
    if (isUnheard(error)) this.#fruitless++;
    if (runKnown ? !isPassing(error) : !isUnheard(error) || this.#failures + 1 >= UNHEARD_POSTS) {
      if (!runKnown) return this.out.error(error);
      return this.#close();
    }
    const waitMs = Math.max(backoffMs(this.#failures++), waitOf(error));
    this.#state = 'waiting';
    this.#visit.unsubscribe();
    this.#out({ kind: 'lost', waitMs });
    this.#replaceWire(() => timer(waitMs).subscribe(() => this.#dial()));
  }

  #follow(pace: Pace): void {
    this.#pace = pace;
    if (pace === 'held') this.#visit.unsubscribe();
    if (this.#state === 'idle') this.#dial();
    else this.#limit();
  }

  /** Where this tab may only visit, the connection is open for a moment. Until the server has accepted, the request is not ours to drop. */
  #limit(): void {
    if (this.#pace === 'held' || this.#state !== 'open' || this.#runId === undefined || this.#ended) return;
    this.#visit.unsubscribe();
    this.#visit = timer(VISIT_LENGTH_MS).subscribe(() => this.#hangUp());
  }

  #hangUp(): void {
    if (this.#pace === 'held') return;
    const { every } = this.#pace;
    this.#state = 'idle';
    this.#fruitless++;
    // Nobody listens for longer than a moment: silence means nothing.
    if (every === HIDDEN_VISIT_MS) this.#out({ kind: 'parked' });
    this.#replaceWire(() => timer(every).subscribe(() => this.#dial()));
  }

  #wake(waking: Waking): void {
    if (this.#state === 'waiting' || (this.#state === 'open' && waking !== 'seen')) this.#dial();
  }

  #close(): void {
    if (!this.#ended) this.#out({ kind: 'gone' });
    this.out.complete();
  }

  #out(report: RunReport): void {
    this.out.next(report);
  }

  /** The old one is closed first; one that ends while it is being opened must not be overwritten by itself. */
  #replaceWire(open: () => Subscription): void {
    this.#wire.unsubscribe();
    const wire = new Subscription();
    this.#wire = wire;
    wire.add(open());
  }
}
