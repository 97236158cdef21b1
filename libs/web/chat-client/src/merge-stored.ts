import { isLive, type Message } from '@echo/contract';
import { type ChatMessage, type ChatMessageState } from './chat-message';
import { type Entry, messageOf, newestBelow, type Transcript } from './transcript';

/**
 * Brings what the server stores into what is shown. Messages that are shown keep their keys, and those that were echoed get their numbers; what the server does not
 * know yet stays. The shown branch stays, and grows by what came after it.
 */
export function mergeStored(transcript: Transcript, stored: readonly Message[]): Transcript {
  const ordered = [...stored].sort((one, other) => one.id - other.id);
  const keys = knownKeys(transcript, ordered);
  for (const { id } of ordered) if (!keys.has(id)) keys.set(id, `message-${id}`);

  const entries = new Map<string, Entry>();
  for (const message of ordered) {
    const key = keys.get(message.id) ?? '';
    // A parent is older than its child: anything else would be a circle.
    const parent = message.parent_id !== null && message.parent_id < message.id ? (keys.get(message.parent_id) ?? null) : null;
    entries.set(key, { message: refresh(transcript.entries.get(key)?.message, messageOf(message, key)), parent });
  }
  for (const [key, entry] of transcript.entries) if (!entries.has(key)) entries.set(key, entry);
  return { ...transcript, entries, leaf: newestBelow(entries, transcript.leaf) };
}

/** Keys of the stored messages that are shown. An echoed prompt is known by the answer that follows it. */
function knownKeys(transcript: Transcript, stored: readonly Message[]): Map<number, string> {
  const keys = new Map<number, string>();
  for (const [key, { message }] of transcript.entries) if (message.id !== undefined) keys.set(message.id, key);
  for (const { id, parent_id } of stored) {
    const parent = transcript.entries.get(keys.get(id) ?? '')?.parent ?? null;
    if (parent !== null && parent_id !== null && transcript.entries.get(parent)?.message.id === undefined) keys.set(parent_id, parent);
  }
  return keys;
}

/** The stored state, with what only this page knows. */
function refresh(shown: ChatMessage | undefined, stored: ChatMessage): ChatMessage {
  if (!shown) return stored;
  // Read before the end that this page has seen already.
  if (isLiveState(stored.state) && isFinal(shown.state)) return { ...shown, id: stored.id };
  const { startedAt, thoughtAt, firstContentAt, finishedAt } = shown;
  const [text, reasoning] = [kept(shown.text, stored.text), kept(shown.reasoning, stored.reasoning)];
  const refreshed = { ...stored, text, reasoning, startedAt, thoughtAt, firstContentAt, finishedAt };
  return isSame(shown, refreshed) ? shown : refreshed;
}

/** The text that is shown where it is the same: what draws it holds it, and two equal ones would be held side by side. */
function kept(shown: string, stored: string): string {
  return shown === stored ? shown : stored;
}

/** Whether nothing has changed: then the object stays the same, and nobody draws it again. */
function isSame(shown: ChatMessage, refreshed: ChatMessage): boolean {
  const names = Object.keys({ ...shown, ...refreshed }) as (keyof ChatMessage)[];
  return names.every((name) => shown[name] === refreshed[name] || JSON.stringify(shown[name]) === JSON.stringify(refreshed[name]));
}

function isLiveState(state: ChatMessageState): boolean {
  return state !== 'pending' && state !== 'unsent' && isLive(state);
}

/** Whether a message stays as it is. */
export function isFinal(state: ChatMessageState): boolean {
  return state !== 'pending' && state !== 'unsent' && !isLive(state);
}
