import { computed, signal } from '@angular/core';
import { isLive, type Message, type RunEvent, type TextFindings } from '@echo/contract';
import { type ChatMessage } from './chat-message';
import { LiveAnswer } from './live-answer';
import { isFinal, mergeStored } from './merge-stored';
import { type Outgoing } from './outgoing';
import * as tree from './transcript';

/** What is shown of a conversation: a branch of its messages, the answer being made, and a message that could not be sent. */
export class ConversationView {
  readonly #transcript = signal(tree.EMPTY_TRANSCRIPT);
  readonly #unsent = signal<ChatMessage | undefined>(undefined);
  readonly #live: LiveAnswer;
  /** The leaf that was shown before the last echo. */
  #before: string | null = null;
  readonly #branch = computed(() => tree.branchOf(this.#transcript()));

  /** The answer being made, in its place. */
  readonly streamingMessage = computed(() => {
    const live = this.#live.message();
    const placed = live && this.#branch().findLast(({ key }) => key === live.key);
    return placed ? { ...live, parentId: placed.parentId, siblings: placed.siblings } : live;
  });
  readonly messages = computed<readonly ChatMessage[]>(() => {
    const live = this.streamingMessage();
    const unsent = this.#unsent();
    const branch = live ? withLive(this.#branch(), live) : this.#branch();
    return unsent ? [...branch, unsent] : branch;
  });
  /** Whether an answer is being made. */
  readonly isLive = computed(() => this.#live.message() !== undefined);

  constructor(document: Document) {
    this.#live = new LiveAnswer(document);
  }

  /** Where the next prompt goes: after the last message that is shown. */
  get end(): { readonly parent: string | null; readonly parentId: number | undefined } {
    const { leaf } = this.#transcript();
    return { parent: leaf, parentId: tree.storedIdAt(this.#transcript(), leaf) };
  }

  get runId(): string | undefined {
    return this.#live.message()?.runId ?? undefined;
  }

  /** Where a message stands, as the key and the number of the one before it; and its text. */
  placeOf(id: number): { readonly parent: string | null; readonly parentId: number | null; readonly text: string } | undefined {
    const transcript = this.#transcript();
    const entry = transcript.entries.get(tree.keyOf(transcript, id) ?? '');
    return entry && { parent: entry.parent, parentId: tree.idOf(transcript, entry.parent) ?? null, text: entry.message.text };
  }

  /** The last answer shown that the server knows. */
  get lastAnswer(): number | undefined {
    return this.#branch().findLast(({ role, id }) => role === 'assistant' && id !== undefined)?.id;
  }

  /** Shows what is being sent, and waits for its answer. */
  echo({ prompt, answer, parent }: Outgoing): void {
    this.#unsent.set(undefined);
    let transcript = this.#transcript();
    this.#before = transcript.leaf;
    if (prompt) transcript = tree.append(transcript, prompt, parent);
    const live = { ...answer, startedAt: Date.now() };
    this.#transcript.set(tree.append(transcript, live, prompt?.key ?? parent));
    this.#live.begin(live);
  }

  /** Takes back what `echo` showed. A prompt stays visible as unsent. */
  refuse({ prompt, answer }: Outgoing): void {
    this.#live.release();
    const keys = prompt ? [prompt.key, answer.key] : [answer.key];
    this.#transcript.update((transcript) => tree.remove(transcript, keys, this.#before));
    if (prompt) this.#unsent.set({ ...prompt, state: 'unsent' });
  }

  /** Waits for the answer of a live run that is stored; false when there is no message of it. */
  follow(runId: string): boolean {
    const transcript = this.#transcript();
    const message = [...transcript.entries.values()].find((entry) => entry.message.runId === runId)?.message;
    if (message) this.#live.begin({ ...message, text: '', reasoning: '' });
    this.turnTo(message?.id);
    return message !== undefined;
  }

  apply(event: RunEvent): void {
    this.#live.apply(event);
    const live = this.#live.message();
    if (event.type !== 'start' || !live) return;
    // The prompt is accepted by the same transaction; only its number is not known yet.
    this.#transcript.update((transcript) => settlePrompt(tree.replace(transcript, live), live.key, event.findings));
  }

  /** Puts a state that did not come by events in the answer's place. */
  change(state: (message: ChatMessage) => ChatMessage): void {
    const live = this.#live.message();
    if (live) this.#live.replace(state(live));
  }

  /** Puts the stored end of the answer in its place; without one it counts as interrupted, with the text that was seen. */
  settle(stored: Message | undefined): void {
    this.#live.flush();
    this.change((message) => (stored ? tree.messageOf(stored, message.key) : { ...message, state: 'interrupted' }));
  }

  flush(): void {
    this.#live.flush();
  }

  /** The answer has ended. */
  finish(): ChatMessage | undefined {
    const message = this.#live.end();
    if (message) this.#transcript.update((transcript) => settlePrompt(tree.replace(transcript, message), message.key));
    return message;
  }

  /** Takes what the server stores. */
  merge(messages: readonly Message[]): void {
    this.#transcript.update((transcript) => mergeStored(transcript, messages));
  }

  /** Whether the message of that number is shown or within reach, as it stays. */
  knows(id: number | undefined): boolean {
    const key = id === undefined ? undefined : tree.keyOf(this.#transcript(), id);
    const state = this.#transcript().entries.get(key ?? '')?.message.state;
    return state !== undefined && isFinal(state);
  }

  /** Shows another version of a message of the branch that is shown; a version elsewhere stays where it is. */
  turnTo(id: number | undefined): void {
    const place = id === undefined ? undefined : this.placeOf(id);
    const isBeside = place && (place.parent === null || this.#branch().some(({ key }) => key === place.parent));
    if (id !== undefined && isBeside) this.choose(id);
  }

  choose(id: number): void {
    this.#transcript.update((transcript) => tree.showBranchOf(transcript, id));
  }

  dismissUnsent(): void {
    this.#unsent.set(undefined);
  }

  /** Empties the view; what is in it is still what the next prompt follows. */
  hide(): void {
    this.#unsent.set(undefined);
    this.#transcript.update((transcript) => ({ ...transcript, floor: transcript.leaf }));
  }

  reset(): void {
    this.#live.release();
    this.#unsent.set(undefined);
    this.#transcript.set(tree.EMPTY_TRANSCRIPT);
  }
}

/** Number and run of the answer that is being made, as stored. */
export function liveRunOf(messages: readonly Message[]): string | undefined {
  return messages.find(({ status, run_id }) => isLive(status) && run_id !== null)?.run_id ?? undefined;
}

/** `branch` with the answer being made in its place. */
function withLive(branch: readonly ChatMessage[], live: ChatMessage): readonly ChatMessage[] {
  const index = branch.findLastIndex(({ key }) => key === live.key);
  return index < 0 ? branch : branch.with(index, live);
}

function settlePrompt(transcript: tree.Transcript, answer: string, findings?: TextFindings): tree.Transcript {
  const prompt = transcript.entries.get(transcript.entries.get(answer)?.parent ?? '')?.message;
  return prompt?.state === 'pending' ? tree.replace(transcript, { ...prompt, state: 'completed', findings }) : transcript;
}
