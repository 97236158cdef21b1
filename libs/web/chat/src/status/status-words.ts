import { type ChatMessage, type ChatStatus } from '@echo/web-chat-client';
import { format } from '../composer/fault-words';
import { words } from '../transcript/message-words';

/** Before so many milliseconds nothing is said about waiting: most answers begin sooner. */
const QUIET = 300;
/** Before so many milliseconds the start is not spoken of without the model's name, which the server tells first of all. */
const NAMELESS = 2_000;
/** From here on a way out is offered. */
const LONG_WAIT = 10_000;
/** A guess that holds for English and code: characters in one token. */
const CHARS_PER_TOKEN = 4;

/** What goes on, for the line above the composer; empty when nothing needs to be said. `now` is in milliseconds of the client's clock. */
export function statusWords(status: ChatStatus, live: ChatMessage | undefined, now: number, isOnline = true): string {
  return isOnline ? asSentence(phaseWords(status, live, now)) : offlineWords(status);
}

/** Whether the answer does not go on as it should. */
export function isHindrance({ phase, detail }: ChatStatus): boolean {
  return ['queued', 'retrying', 'reconnecting', 'stalled'].includes(phase) || (phase === 'waiting' && detail !== undefined);
}

/** What the browser knows: there is no network at all. */
function offlineWords({ phase }: ChatStatus): string {
  if (phase === 'idle') return 'You are offline. What you write is kept; send it when the network is back.';
  if (phase === 'connecting') return 'You are offline. Your message is sent when the network is back.';
  return 'You are offline. The answer goes on, and is shown as soon as the network is back.';
}

function phaseWords(status: ChatStatus, live: ChatMessage | undefined, now: number): string {
  const waited = now - status.since;
  const model = nameOf(status.model ?? live?.model ?? undefined);
  switch (status.phase) {
    case 'idle':
      return '';
    case 'connecting':
      return waited < QUIET ? '' : `Sending…${elapsed(waited)}`;
    case 'queued':
      return `Waiting for a free place${elapsed(waited)}`;
    case 'waiting':
      // Something to say: another model stands in.
      if (status.detail !== undefined) return `${status.detail} Asking ${model} instead${elapsed(waited)}`;
      return waited < QUIET ? '' : `Waiting for ${model}${elapsed(waited)}${waited < LONG_WAIT ? '' : ' · it may still come, or stop it'}`;
    case 'streaming':
      return streamingWords(status, live, now, model);
    case 'retrying':
      return `${status.detail ?? `${model} did not answer.`} ${nextTry(status, now)}`;
    case 'reconnecting':
      return status.detail ?? '';
    case 'stalled':
      return `Nothing came for a while${elapsed(waited)}. It may go on, or you end it here.`;
  }
}

function streamingWords(status: ChatStatus, live: ChatMessage | undefined, now: number, model: string): string {
  const verb = live !== undefined && live.text === '' && live.reasoning !== '' ? 'is thinking' : 'is answering';
  const chars = (live?.text.length ?? 0) + (live?.reasoning.length ?? 0);
  const count = Math.max(1, Math.round(chars / CHARS_PER_TOKEN));
  const tokens = chars === 0 ? '' : ` · about ${format(count)} ${count === 1 ? 'token' : 'tokens'}`;
  return `${model} ${verb}${elapsed(now - (live?.startedAt ?? status.since))}${tokens}`;
}

/** What a screen reader hears while an answer is made: at its start, every ten seconds, and at its end; never per token. */
export function progressWords(live: ChatMessage): string {
  return live.text === '' ? 'Still waiting for the answer' : `Still answering, ${words(live.text)}`;
}

/** `waited`: milliseconds since the question was sent. Empty as long as it is too early to say something. */
export function startWords(live: ChatMessage, waited: number): string {
  if (live.model !== null) return asSentence(`${nameOf(live.model)} is answering`);
  return waited < NAMELESS ? '' : 'Waiting for the answer';
}

export function endWords(message: ChatMessage | undefined): string {
  if (message === undefined) return '';
  if (message.state === 'completed') return `Answer complete, ${words(message.text)}`;
  return message.state === 'stopped' ? `Answer stopped, ${words(message.text)}` : '';
}

function nextTry(status: ChatStatus, now: number): string {
  if (status.waitMs === undefined) return 'Trying again…';
  const left = Math.ceil((status.since + status.waitMs - now) / 1000);
  return left > 0 ? `Next try in ${left} s` : 'Trying again…';
}

function elapsed(duration: number): string {
  const whole = Math.floor(duration / 1000);
  if (whole < 2) return '';
  return ` · ${whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`}`;
}

/** With a capital where it begins with a word of ours; the name of a model stays as it is. */
function asSentence(text: string): string {
  return text.replace(/^the /, 'The ');
}

/** The model's own name out of `provider/model`. */
function nameOf(model: string | undefined): string {
  if (model === undefined) return 'the model';
  return model === 'guide' || model === 'guide/guide' ? 'the Guide' : model.slice(model.indexOf('/') + 1);
}
