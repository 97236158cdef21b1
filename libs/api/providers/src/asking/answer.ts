import { type Usage } from '@echo/contract';
import { answerFault } from '../errors/answer-fault';
import { type ProviderError } from '../errors/provider-error';
import { providerFault } from '../errors/provider-fault';
import { type FinishPart, type ModelFinishReason } from '../language-model';
import { TextCleaner } from '../stream/text-cleaner';
import { isRecord, type JsonRecord, parseJson } from '../transport/json';
import { type ServerSentEvent } from '../transport/server-sent-events';
import { type WirePart } from '../wire-model';

export interface AnswerContext {
  /** The provider's name, for sentences. */
  readonly provider: string;
  readonly secrets: readonly string[];
  /** What we asked for, in tokens. */
  readonly maxOutputTokens?: number;
}

const ALIVE: readonly WirePart[] = [{ type: 'activity' }];

/** What an answer holds so far, whatever the wire: a decoder tells it what it reads. */
export class Answer {
  readonly #text = new TextCleaner();
  readonly #reasoning = new TextCleaner();
  /** The provider said that nothing more will come. */
  done = false;
  reason: ModelFinishReason | undefined;
  usage: Usage | undefined;
  #model: string | undefined;

  constructor(private readonly context: AnswerContext) {}

  /** The name that the provider gives the model which answers. */
  set model(name: unknown) {
    if (typeof name === 'string' && name !== '') this.#model = name.slice(0, 200);
  }

  /** The object in an event; undefined when there is none to read. Throws a `ProviderError` for a reported failure and for what is no JSON object. */
  read({ event, data, cut }: ServerSentEvent): JsonRecord | undefined {
    const value = parseJson(data);
    if (event === 'error') throw this.reported(value ?? { error: data.trim() });
    if (isRecord(value)) return value;
    // An event without its end may be half of one: then the end of the stream says what is wrong.
    if (cut || data.trim() === '') return undefined;
    throw this.unreadable('an event is not a JSON object');
  }

  /** The parts of the next piece; a sign of life when it holds nothing to show. */
  say(text: string, reasoning = ''): readonly WirePart[] {
    const thought = reasoning === '' ? '' : this.#reasoning.push(reasoning);
    const said = text === '' ? '' : this.#text.push(text);
    if (thought === '') return said === '' ? ALIVE : [{ type: 'text', text: said }];
    return said === ''
      ? [{ type: 'reasoning', text: thought }]
      : [
          { type: 'reasoning', text: thought },
          { type: 'text', text: said },
        ];
  }

  /** The last parts. Throws kind `truncated` when the provider never said that it was done. */
  end(): readonly WirePart[] {
    if (!this.done && this.reason === undefined)
      throw providerFault('truncated', this.context.provider, { logDetail: 'the stream ended without the sign of its end' });
    const rest = this.say(this.#text.flush(), this.#reasoning.flush());
    return [...rest.filter(({ type }) => type !== 'activity'), this.#finish()];
  }

  /** The error for a failure that came where an answer was to come. */
  reported(body: unknown, status?: number): ProviderError {
    return answerFault(this.context.provider, status, body, this.context.secrets);
  }

  /** The error for bytes that are not an answer of this wire. */
  unreadable(logDetail: string): ProviderError {
    return providerFault('protocol', this.context.provider, { logDetail });
  }

  #finish(): FinishPart {
    const asked = this.context.maxOutputTokens;
    const spent = asked !== undefined && this.usage !== undefined && this.usage.output_tokens >= asked;
    return {
      type: 'finish',
      // llama-server says `stop` also when the tokens ran out.
      reason: this.reason === undefined || this.reason === 'stop' ? (spent ? 'length' : 'stop') : this.reason,
      ...(this.usage === undefined ? {} : { usage: this.usage }),
      ...(this.#model === undefined ? {} : { model: this.#model }),
    };
  }
}

/** Whether a field named `error` holds one. */
export function isFailure(error: unknown): boolean {
  return (typeof error === 'string' && error !== '') || isRecord(error);
}

/** A text; '' for anything else. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** No answer has more tokens; and the database's integers end here. */
const MAX_COUNT = 2_147_483_647;

/** A count of tokens; undefined for anything else. */
export function countOf(value: unknown): number | undefined {
  return typeof value === 'number' && value >= 0 && value <= MAX_COUNT ? Math.round(value) : undefined;
}

/** A count in an object of details, which may be missing. */
export function detailOf(usage: JsonRecord, object: string, name: string): number | undefined {
  const details = usage[object];
  return isRecord(details) ? countOf(details[name]) : undefined;
}
