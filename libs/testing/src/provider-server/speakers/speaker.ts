import { type ScriptedAnswer, type ScriptStep } from '../scripted-answer';

export type SpokenReason = 'stop' | 'length' | 'filter';

export interface SpokenUsage {
  readonly input: number;
  readonly output: number;
}

export interface SpokenOptions {
  readonly reasoning?: readonly string[];
  readonly finish?: SpokenReason;
  /** Tokens; absent: no figures. */
  readonly usage?: SpokenUsage;
  /** What happens instead of the end: a stall, a cut, a hold. */
  readonly then?: readonly ScriptStep[];
  readonly split?: ScriptedAnswer['split'];
}

/** What a wire writes, piece by piece. */
export interface Vocabulary {
  /** The name that providers are configured with. */
  readonly wire: string;
  /** What stands behind the origin in a base URL. */
  readonly basePath: '' | '/v1';
  readonly contentType: string;
  /** What stands before the first piece. */
  readonly begin: string;
  piece(text: string): string;
  thought(text: string): string;
  /** Everything from the finish reason on. */
  end(reason?: SpokenReason, usage?: SpokenUsage): string;
  /** A failure inside the stream. */
  failure(message: string, code?: string): string;
  /** A sign of life without text; '' where the wire has none. */
  readonly ping: string;
  /** The JSON of an answer that is not streamed. */
  whole(text: string, reason: SpokenReason, usage?: SpokenUsage): unknown;
  /** The JSON of a refusal. */
  refusal(status: number, message: string, code?: string, param?: string): unknown;
  /** The JSON of a list of models. */
  models(ids: readonly string[]): unknown;
}

/** Builds the scripted answers of one wire. */
export class Speaker {
  constructor(readonly words: Vocabulary) {}

  get wire(): string {
    return this.words.wire;
  }

  /** The base URL of a provider that speaks like this at `origin`. */
  baseUrl(origin: string): string {
    return origin + this.words.basePath;
  }

  /** A streamed answer of these pieces. */
  text(pieces: readonly string[], { reasoning = [], finish = 'stop', usage, then, split }: SpokenOptions = {}): ScriptedAnswer {
    const { begin, contentType } = this.words;
    const written = [...reasoning.map((piece) => this.words.thought(piece)), ...pieces.map((piece) => this.words.piece(piece))];
    return {
      headers: { 'content-type': contentType },
      split,
      steps: [{ write: begin }, ...written.map((write) => ({ write })), ...(then ?? [{ write: this.words.end(finish, usage) }])],
    };
  }

  /** An answer that is not streamed. */
  whole(text: string, { finish = 'stop', usage }: SpokenOptions = {}): ScriptedAnswer {
    return json(200, this.words.whole(text, finish, usage));
  }

  /** A refusal. */
  error(
    status: number,
    { message = 'Scripted failure', code, param }: { message?: string; code?: string; param?: string } = {},
    headers = {},
  ): ScriptedAnswer {
    return json(status, this.words.refusal(status, message, code, param), headers);
  }

  models(...ids: string[]): ScriptedAnswer {
    return json(200, this.words.models(ids));
  }

  /** A stream of exactly these bytes. */
  raw(body: string | Uint8Array, split?: ScriptedAnswer['split']): ScriptedAnswer {
    return { headers: { 'content-type': this.words.contentType }, split, steps: [{ write: body }] };
  }
}

/** One event. */
export function event(value: unknown, name?: string): string {
  return `${name === undefined ? '' : `event: ${name}\n`}data: ${JSON.stringify(value)}\n\n`;
}

function json(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): ScriptedAnswer {
  return { status, headers: { 'content-type': 'application/json', ...headers }, steps: [{ write: JSON.stringify(body) }] };
}
