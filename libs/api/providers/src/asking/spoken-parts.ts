import { type ServerSentEvent } from '../transport/server-sent-events';
import { type WirePart } from '../wire-model';
import { type AnswerDecoder } from './dialect';

/** What the events of one read say, and the error that one of them was. */
export interface SpokenParts {
  readonly parts: readonly WirePart[];
  /** Comes after the parts: what was said before a failure counts. */
  readonly failure?: Error;
}

/** What came together is passed on together: neighbours of one kind are one part, whatever number of events they came in. */
export function spokenParts(events: readonly ServerSentEvent[], decoder: Pick<AnswerDecoder, 'accept' | 'done'>): SpokenParts {
  const parts: WirePart[] = [];
  try {
    for (const event of events) {
      if (decoder.done) break;
      for (const part of decoder.accept(event)) join(parts, part);
    }
  } catch (failure) {
    return { parts, failure: failure as Error };
  }
  return { parts };
}

function join(parts: WirePart[], part: WirePart): void {
  const last = parts.at(-1);
  if (last === undefined || last.type !== part.type) parts.push(part);
  else if ((part.type === 'text' || part.type === 'reasoning') && last.type === part.type) {
    parts[parts.length - 1] = { type: part.type, text: last.text + part.text };
  } else if (part.type !== 'activity') parts.push(part);
}
