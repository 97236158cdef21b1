import { type Message } from '@echo/contract';
import { type ChatMessage } from './chat-message';

/** A message in its place. `message.parentId` and `message.siblings` are filled in when a branch is read. */
export interface Entry {
  readonly message: ChatMessage;
  /** Key of the message before it; null at a root. */
  readonly parent: string | null;
}

/** All messages of a conversation as a tree, oldest first, and which leaf is shown. Never changed, only replaced. */
export interface Transcript {
  readonly entries: ReadonlyMap<string, Entry>;
  /** Key of the last message that is shown; null: nothing is. */
  readonly leaf: string | null;
  /** Key of the last message that the person cleared from the view. */
  readonly floor: string | null;
}

export const EMPTY_TRANSCRIPT: Transcript = { entries: new Map(), leaf: null, floor: null };

/** Each message as it was last placed: one whose place has not changed stays the same object, so that nobody draws it again. */
const placed = new WeakMap<ChatMessage, ChatMessage>();

/** The messages from the root, or from above the floor, to the leaf: one pass over what may be a thousand, at every message that is sent. */
export function branchOf(transcript: Transcript): readonly ChatMessage[] {
  const versions = versionsByParent(transcript);
  const branch: ChatMessage[] = [];
  for (let entry = at(transcript, transcript.leaf); entry && entry.message.key !== transcript.floor;) {
    const above = at(transcript, entry.parent);
    branch.push(place(entry.message, above?.message.id ?? null, siblingsOf(entry, versions)));
    entry = above;
  }
  return branch.reverse();
}

function place(message: ChatMessage, parentId: number | null, siblings: readonly number[]): ChatMessage {
  const before = placed.get(message);
  if (before?.parentId === parentId && isSameList(before.siblings, siblings)) return before;
  const now = { ...message, parentId, siblings };
  placed.set(message, now);
  return now;
}

function isSameList(one: readonly number[], other: readonly number[]): boolean {
  return one.length === other.length && one.every((id, index) => id === other[index]);
}

/** Adds a message under `parent`, as the last one shown. */
export function append(transcript: Transcript, message: ChatMessage, parent: string | null): Transcript {
  return { ...transcript, entries: new Map(transcript.entries).set(message.key, { message, parent }), leaf: message.key };
}

/** Puts a newer state of a message in its place. */
export function replace(transcript: Transcript, message: ChatMessage): Transcript {
  const entry = transcript.entries.get(message.key);
  if (!entry) return transcript;
  return { ...transcript, entries: new Map(transcript.entries).set(message.key, { ...entry, message }) };
}

/** Takes messages that were never stored away, and shows `leaf`. */
export function remove(transcript: Transcript, keys: readonly string[], leaf: string | null): Transcript {
  const entries = new Map(transcript.entries);
  for (const key of keys) entries.delete(key);
  return { ...transcript, entries, leaf };
}

/** Shows the newest branch through the message of that number. */
export function showBranchOf(transcript: Transcript, id: number): Transcript {
  const key = keyOf(transcript, id);
  return key === undefined ? transcript : { ...transcript, leaf: newestBelow(transcript.entries, key) };
}

export function keyOf(transcript: Transcript, id: number): string | undefined {
  for (const [key, { message }] of transcript.entries) if (message.id === id) return key;
  return undefined;
}

/** Number of the message with that key, or undefined where it has none yet. */
export function idOf(transcript: Transcript, key: string | null): number | undefined {
  return key === null ? undefined : transcript.entries.get(key)?.message.id;
}

/** Number of the nearest message at or above `key` that is stored. */
export function storedIdAt(transcript: Transcript, key: string | null): number | undefined {
  for (let entry = at(transcript, key); entry; entry = at(transcript, entry.parent))
    if (entry.message.id !== undefined) return entry.message.id;
  return undefined;
}

/** The key at the end of the newest branch through `key`; through all of them when it is null. */
export function newestBelow(entries: ReadonlyMap<string, Entry>, key: string | null): string | null {
  const below = new Set([key]);
  let newest = key;
  // Children are younger than their parents, so one pass in order of age meets every descendant.
  for (const [candidate, { parent }] of entries) {
    if (!below.has(parent)) continue;
    below.add(candidate);
    newest = candidate;
  }
  return newest;
}

/** A stored message as it is shown, before it has its place. */
export function messageOf(stored: Message, key: string): ChatMessage {
  return {
    key,
    id: stored.id,
    parentId: stored.parent_id,
    role: stored.role,
    text: stored.content,
    reasoning: stored.reasoning ?? '',
    state: stored.status,
    provider: stored.provider,
    model: stored.model,
    usage: stored.usage,
    error: stored.error,
    finishReason: stored.finish_reason,
    runId: stored.run_id,
    createdAt: new Date(stored.created_at),
    findings: stored.findings,
    siblings: [],
    fallback: stored.fallback,
    cost: stored.cost,
    timing: stored.timing,
    memoryAfter: stored.memory_after,
  };
}

function at(transcript: Transcript, key: string | null): Entry | undefined {
  return key === null ? undefined : transcript.entries.get(key);
}

/** Numbers of the versions of a message, its own among them: they have the same parent and the same role. */
function siblingsOf({ parent, message }: Entry, versions: ReadonlyMap<string | null, readonly ChatMessage[]>): readonly number[] {
  const group = versions.get(parent)?.filter(({ role }) => role === message.role) ?? [message];
  return group.flatMap(({ id }) => id ?? []);
}

/** The messages under each parent that has more than one. */
function versionsByParent({ entries }: Transcript): ReadonlyMap<string | null, readonly ChatMessage[]> {
  const first = new Map<string | null, ChatMessage>();
  const versions = new Map<string | null, ChatMessage[]>();
  for (const { parent, message } of entries.values()) {
    const before = first.get(parent);
    const group = versions.get(parent);
    if (group) group.push(message);
    else if (before) versions.set(parent, [before, message]);
    else first.set(parent, message);
  }
  return versions;
}
