import { type ScriptedAnswer } from '@echo/testing';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { type ProviderErrorKind } from '../../errors/provider-error';

/** One answer of a real vendor, as somebody recorded it. */
export interface Recording {
  /** `openai-chat`, …, `ollama-generate`. */
  readonly wire: string;
  readonly file: string;
  /** Its number in that file. */
  readonly i: number;
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What two readers of the same bytes are compared by. Tokens from caches and of thought are part of input and output. */
export interface Reading {
  text: string;
  reasoning: string;
  finish: string | undefined;
  usage: { input: number; output: number } | undefined;
}

/** An official SDK as a reader: what it makes of an answer, or what it throws. */
export interface Oracle {
  /** Asks the provider at `origin` and puts the answer together as the SDK's documentation says. */
  read(origin: string): Promise<Reading>;
  /** The HTTP status in what it throws; undefined where it threw for another reason. */
  statusOf(error: unknown): number | undefined;
}

/** Why an answer is read otherwise than the SDK reads it, and how. */
export interface Difference {
  /** The end of the recording's file. */
  readonly file: string;
  /** What we read instead. */
  readonly ours: Partial<Reading>;
  readonly why: string;
}

/** A recording that ends in a failure, which the SDK throws as well. */
export interface Failure {
  readonly file: string;
  readonly kind: ProviderErrorKind;
}

export function readRecordings(file: string): Recording[] {
  const lines = gunzipSync(readFileSync(file)).toString().trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as Recording);
}

/** The same bytes with the same status. */
export function played({ status, headers = {}, body }: Recording): ScriptedAnswer {
  const given = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  return { status, headers: { 'content-type': given || 'application/json' }, steps: [{ write: body }] };
}

export function newReading(): Reading {
  return { text: '', reasoning: '', finish: undefined, usage: undefined };
}

/**
 * The first answer of a recording whose authors joined several, each of which a vendor had sent on its own: with tools, a turn takes more than one. We close
 * a connection when the answer on it has ended, so we would never see the next one.
 */
export function firstAnswer(recording: Recording): Recording {
  const end = /^data: ?\{"type":"(response\.completed|response\.incomplete|message_stop)".*\n+/m.exec(recording.body);
  return end === null ? recording : { ...recording, body: recording.body.slice(0, end.index + end[0].length) };
}
