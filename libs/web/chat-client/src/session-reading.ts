import { type ConversationDetails } from '@echo/contract';
import { type Observable, Subscription } from 'rxjs';
import { type ApiProblem } from './api-problem';
import { type ConversationReader, type StoredConversation } from './conversation-reader';
import { asProblem } from './read-problem';

/** How often the messages are read behind what is shown, when the server is away for a moment. */
const REFRESH_TRIES = 3;

type Show<T> = (read: T) => void;
type Fail = (problem: ApiProblem) => void;

/** The one reading of stored messages that a session may have going on: a newer one ends the older. */
export class SessionReading {
  #going = new Subscription();

  constructor(private readonly reader: ConversationReader) {}

  /** `ended` is called in any case, also where the reading is given up. */
  open(conversationId: number, show: Show<StoredConversation>, fail: Fail, ended: () => void): void {
    this.#read(this.reader.read(conversationId), show, fail);
    this.#going.add(ended);
  }

  /** Reads behind what is shown; what cannot be read now is read at the next occasion, so nobody is to be told. */
  behind(conversationId: number, show: Show<StoredConversation>): void {
    this.#read(this.reader.read(conversationId, REFRESH_TRIES), show);
  }

  /** The title and the settings alone, likewise. */
  details(conversationId: number, show: Show<ConversationDetails>): void {
    this.#read(this.reader.conversation(conversationId), show);
  }

  /** Waits for a moment, longer after more `failures`, then reads until the server answers. */
  later(conversationId: number, failures: number, show: Show<StoredConversation>, fail: Fail): void {
    this.#read(this.reader.readLater(conversationId, failures), show, fail);
  }

  stop(): void {
    this.#going.unsubscribe();
  }

  #read<T>(source: Observable<T>, show: Show<T>, fail?: Fail): void {
    this.stop();
    this.#going = source.subscribe({ next: show, error: (error: unknown) => fail?.(asProblem(error)) });
  }
}
