import { isText, type SequencedEvent } from '@echo/contract';

/** Characters of one merged event. */
const MERGED_CHARS = 32 * 1024;

/** Joins neighbours of the same kind of text, for a replay. A merged event carries the number of its last part, so that numbers only grow. */
export function mergeText(events: readonly SequencedEvent[]): SequencedEvent[] {
  const merged: SequencedEvent[] = [];
  for (const { seq, event } of events) {
    const last = merged.at(-1)?.event;
    if (isText(event) && last?.type === event.type && last.chunk.length + event.chunk.length <= MERGED_CHARS) {
      merged[merged.length - 1] = { seq, event: { chunk: last.chunk + event.chunk, type: event.type } };
    } else {
      merged.push({ seq, event });
    }
  }
  return merged;
}
