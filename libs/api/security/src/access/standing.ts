import { type Requester } from './requester';

/** Watches whether those whose requests stay open may still come in. */
export abstract class Standing {
  /** Calls `onEnd` once, within 15 s of the end of their session, their key or the role they came with. Returns how to stop watching. */
  abstract watch(requester: Requester, onEnd: () => void): () => void;
}

/** The local user always may. */
export class LocalStanding extends Standing {
  watch(): () => void {
    return () => undefined;
  }
}
