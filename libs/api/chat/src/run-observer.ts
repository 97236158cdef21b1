import { type Usage, type RunStatus } from '@echo/contract';

/** A run that begins to be made here. */
export interface BegunRun {
  readonly id: string;
  readonly conversationId: number;
  readonly provider: string;
  readonly model: string;
}

/** How a run that was made here ended. Not a word of what was said. */
export interface EndedRun extends BegunRun {
  readonly status: Extract<RunStatus, 'completed' | 'stopped' | 'failed' | 'interrupted'>;
  /** Of a run that failed or was interrupted: why. */
  readonly errorCode: string | undefined;
  readonly usage: Usage;
  /** Milliseconds from its beginning to the first text; undefined: there was none. */
  readonly firstContentMs: number | undefined;
  /** The longest pause between two pieces of text, in milliseconds; undefined: there were no two. */
  readonly longestGapMs: number | undefined;
  readonly durationMs: number;
}

/** A group commit that was stored. */
export interface Flush {
  /** Tries included. */
  readonly ms: number;
  readonly events: number;
  readonly chars: number;
  /** Whose events they are. */
  readonly runIds: readonly string[];
}

/** Hears what happens to runs, for a log, for metrics and for traces. It is called where answers are made: it must be quick and never throw. A class, so that it is its own injection token. */
export abstract class RunObserver {
  /** Around all that is done to make a run, from its beginning to after its end. Returns what `make` returns. */
  abstract within(run: BegunRun, make: () => Promise<void>): Promise<void>;
  abstract began(run: BegunRun): void;
  abstract ended(run: EndedRun): void;
  abstract flushed(flush: Flush): void;
  /** A group commit could not be stored now. */
  abstract flushFailed(): void;
  /** A viewer that did not read was dropped; its run goes on. */
  abstract droppedReader(): void;
}

const ignore = (): void => undefined;

/** Hears nothing. */
export const NO_OBSERVER: RunObserver = {
  within: (_run, make) => make(),
  began: ignore,
  ended: ignore,
  flushed: ignore,
  flushFailed: ignore,
  droppedReader: ignore,
};
