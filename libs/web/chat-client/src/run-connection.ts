import { isLive, isTerminal, type RunEvent, type SequencedEvent } from '@echo/contract';
import { EMPTY, type Observable, type Subscriber, Subscription, switchMap, timer } from 'rxjs';
import { backoffMs } from './backoff';
import { type ChatStream } from './chat-stream';
import { fromAbortable } from './from-abortable';
import { type PageActivity } from './page-activity';
import { isPassing, isUnheard, waitOf } from './passing-faults';
import { type RunsApi } from './runs-api';

/** Milliseconds for which a hidden page keeps its connection: browsers have six of them per server on plain HTTP. */
export const HIDDEN_GRACE_MS = 30_000;
/** POSTs that may stay without any answer before the caller is told. They carry one key, so they start one run. */
const UNHEARD_POSTS = 2;
/** Connections in a row that brought nothing before we ask whether the run is live at all: a proxy may hold streams back. */
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
}

/** Brings one run to its end over as many connections as it takes. */
export class RunConnection {
  readonly #all = new Subscription();
  /** The connection, or the wait for the next one. */
  #wire = new Subscription();
  #parked = false;
  #waiting = false;
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
    const hidden = this.needs.page.visible.pipe(switchMap((visible) => (visible ? EMPTY : timer(HIDDEN_GRACE_MS))));
    this.#all.add(hidden.subscribe(() => this.#park()));
    this.#all.add(this.needs.page.woken.subscribe(() => this.#wake()));
    if (!this.#all.closed) this.#dial();
    return this.#all;
  }

  #dial(): void {
    this.#waiting = false;
    this.#parked = false;
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
    const opened = () => this.#out({ kind: 'connected' });
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
    if (event.type === 'start') this.#runId = event.run_id;
    this.#ended = isTerminal(event);
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
    this.#waiting = true;
    this.#out({ kind: 'lost', waitMs });
    this.#replaceWire(() => timer(waitMs).subscribe(() => this.#dial()));
  }

  #park(): void {
    // Until the server has accepted, the request is not ours to drop.
    if (this.#runId === undefined || this.#ended) return;
    this.#parked = true;
    this.#waiting = false;
    this.#wire.unsubscribe();
    this.#out({ kind: 'parked' });
  }

  #wake(): void {
    if (this.#parked || this.#waiting) this.#dial();
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
