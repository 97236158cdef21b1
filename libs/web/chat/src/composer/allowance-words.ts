import { type ChatError, type Standing } from '@echo/web-chat-client';

/** From here on it is told how many messages are left. */
const FEW = 3;
/** Milliseconds to wait where a refusal names none. */
const USUAL_WAIT = 5_000;

/** Milliseconds for which a refusal holds back the next message; undefined for every other error. */
export function waitAfter(error: ChatError | undefined): number | undefined {
  return error !== undefined && reasonOf(error) !== undefined ? (error.retryAfterMs ?? USUAL_WAIT) : undefined;
}

/** The quiet line below the composer: how long to wait, or that few messages are left; else empty. `seconds`: to wait. */
export function allowanceWords(standing: Standing | undefined, seconds: number, now: number): string {
  if (seconds > 0) return `The next message can be sent in ${seconds} s.`;
  if (standing === undefined || standing.until <= now || standing.remaining > FEW) return '';
  return `${standing.remaining} ${standing.remaining === 1 ? 'message' : 'messages'} left in this minute.`;
}

/** Why a message was refused, and when it can be sent; undefined where no limit refused it. */
export function refusalWords(error: ChatError | undefined, seconds: number): string | undefined {
  const reason = error && reasonOf(error);
  if (reason === undefined) return undefined;
  return seconds > 0 ? `${reason} It can be sent in ${seconds} s.` : 'It can be sent now.';
}

function reasonOf({ code }: ChatError): string | undefined {
  if (code === 'rate_limited') return 'These were more messages than a minute allows.';
  return code === 'too_many_live_runs' ? 'As many answers as are allowed are being made already.' : undefined;
}
