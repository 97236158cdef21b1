import { type GuardPolicy } from '@echo/api-security';
import { type RunObserver } from './run-observer';

/** What the operator decides about chat; the README's table of settings explains each. A class, so that it is its own injection token. */
export abstract class ChatSettings {
  /** Characters in one message. */
  abstract readonly maxPromptChars: number;
  /** What happens to messages that hide something. */
  abstract readonly promptGuard: GuardPolicy;
  /** Runs that this process makes at the same time. */
  abstract readonly maxLiveRuns: number;
  /** What each person may do; absent where there are no accounts. */
  readonly perPerson?: { readonly messagesPerMinute: number; readonly maxLiveRuns: number };
  /** Runs that may wait for a place. */
  abstract readonly maxQueuedRuns: number;
  /** Seconds for which the events of a finished run are kept. */
  abstract readonly eventRetentionSeconds: number;
  /** Seconds that live runs get to finish when the process is asked to stop. */
  abstract readonly drainSeconds: number;
  /** Whether no other process can use this database, so that whoever else is in its books must be dead. */
  abstract readonly aloneOnDatabase: boolean;
  /** Called when another replica has declared this one dead: the process must end at once. */
  abstract readonly onFenced: () => void;
  /** Hears what happens to runs. */
  readonly observer?: RunObserver;
}
