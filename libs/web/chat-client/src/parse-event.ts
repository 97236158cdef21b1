import { type RunEvent, type RunEventType, type SequencedEvent } from '@echo/contract';
import { type EventSourceMessage } from 'eventsource-parser';
import { StreamLost } from './api-problem';

type Fields = Readonly<Record<string, unknown>>;

/** What an event of each type must have for us to rely on it. */
const SHAPES: Readonly<Record<RunEventType, (fields: Fields) => boolean>> = {
  start: ({ conversation_id, message_id, run_id }) => isId(conversation_id) && isId(message_id) && typeof run_id === 'string',
  content: ({ chunk }) => typeof chunk === 'string',
  reasoning: ({ chunk }) => typeof chunk === 'string',
  status: ({ status }) => typeof status === 'string',
  done: ({ finish_reason }) => typeof finish_reason === 'string',
  error: ({ message, code }) => typeof message === 'string' && typeof code === 'string',
};

/** Reads one message of a stream; undefined when its type is not known: a newer server may say more than we understand. Throws `StreamLost`. */
export function parseEvent({ id, data }: EventSourceMessage): SequencedEvent | undefined {
  const event = parseObject(data);
  const shape = Object.hasOwn(SHAPES, String(event['type'])) ? SHAPES[event['type'] as RunEventType] : undefined;
  if (!shape) return undefined;
  // The watching ended, not the run: the server hangs up now, and the next try hears that somebody must sign in.
  if (event['type'] === 'error' && event['code'] === 'session_ended') return undefined;
  const seq = Number(id);
  if (!Number.isSafeInteger(seq) || seq < 1 || !shape(event)) throw new StreamLost('malformed');
  return { seq, event: event as unknown as RunEvent };
}

function parseObject(data: string): Fields {
  let value: unknown;
  try {
    value = JSON.parse(data);
  } catch (cause) {
    // Cut in the middle by a proxy, or a server's last words: what is missing comes with the resumption.
    throw new StreamLost('malformed', { cause });
  }
  if (typeof value !== 'object' || value === null) throw new StreamLost('malformed');
  return value as Fields;
}

function isId(value: unknown): boolean {
  return Number.isSafeInteger(value);
}
