import { type Usage } from '@echo/contract';
import { answerFault } from '../errors/answer-fault';
import { providerFault } from '../errors/provider-fault';
import { type FinishPart, type ModelFinishReason } from '../language-model';
import { TextCleaner } from '../stream/text-cleaner';
import { isRecord, parseJson, type JsonRecord } from '../transport/json';
import { type ServerSentEvent } from '../transport/server-sent-events';
import { type WirePart } from '../wire-model';
import { readUsage } from './chat-usage';
import { readDelta } from './chat-delta';

export interface DecoderContext {
  /** The provider's name, for sentences. */
  readonly provider: string;
  readonly secrets: readonly string[];
  /** What we asked for, in tokens. */
  readonly maxOutputTokens?: number;
}

/** Turns the events of one answer into parts. Throws a `ProviderError` at the first one that cannot be part of an answer. */
export class ChatDecoder {
  readonly #text = new TextCleaner();
  readonly #reasoning = new TextCleaner();
  #reason: ModelFinishReason | undefined;
  #usage: Usage | undefined;
  #model: string | undefined;
  #choices = 0;
  /** `[DONE]` came. */
  done = false;

  constructor(private readonly context: DecoderContext) {}

  /** Whether a finish reason came: only figures may follow. */
  get finished(): boolean {
    return this.#reason !== undefined;
  }

  accept({ event, data, cut }: ServerSentEvent): WirePart[] {
    const trimmed = data.trim();
    if (trimmed === '[DONE]') {
      this.done = true;
      return [];
    }
    if (trimmed === '' && event !== 'error') return [];
    const value = parseJson(trimmed);
    if (event === 'error') throw this.#reported(value ?? { error: trimmed });
    // An event without its end may be half of one: then the end of the stream says what is wrong.
    if (!isRecord(value)) {
      if (cut) return [];
      throw providerFault('protocol', this.context.provider, { logDetail: 'an event is not a JSON object' });
    }
    return this.#acceptChunk(value);
  }

  /** The parts of an answer that came as one JSON document. */
  acceptWhole(body: unknown): WirePart[] {
    if (!isRecord(body) || !Array.isArray(body['choices'])) throw this.#notAnAnswer(body);
    const choices = body['choices'].filter(isRecord).map((choice) => ({ ...choice, delta: choice['message'] }));
    const parts = this.#acceptChunk({ ...body, choices });
    this.done = true;
    return parts;
  }

  /** The last parts, when nothing more will come. Throws kind `truncated` when the provider never said that it was done. */
  end(): WirePart[] {
    const { provider } = this.context;
    if (!this.done && !this.finished)
      throw providerFault('truncated', provider, { logDetail: 'the stream ended without a finish reason and [DONE]' });
    if (this.#choices === 0) throw providerFault('protocol', provider, { logDetail: 'the stream held no choices' });
    return [...pieces('reasoning', this.#reasoning.flush()), ...pieces('text', this.#text.flush()), this.#finish()];
  }

  #acceptChunk(chunk: JsonRecord): WirePart[] {
    const choice = this.#choiceOf(chunk);
    const reason = choice?.['finish_reason'];
    if (isFailure(chunk['error'])) throw this.#reported(chunk);
    if (isFailure(choice?.['error'])) throw this.#reported(choice);
    if (reason === 'error') throw this.#reported({ error: 'finish_reason error' });
    this.#usage = readUsage(chunk) ?? this.#usage;
    if (typeof chunk['model'] === 'string' && chunk['model'] !== '') this.#model = chunk['model'].slice(0, 200);
    if (choice === undefined) return [{ type: 'activity' }];
    const { text, reasoning } = readDelta(choice['delta']);
    const parts = [...pieces('reasoning', this.#reasoning.push(reasoning)), ...pieces('text', this.#text.push(text))];
    if (typeof reason === 'string' && reason !== '') this.#reason = finishReason(reason);
    return parts.length > 0 ? parts : [{ type: 'activity' }];
  }

  #choiceOf(chunk: JsonRecord): JsonRecord | undefined {
    if (!Array.isArray(chunk['choices'])) return undefined;
    const choices = chunk['choices'].filter(isRecord);
    this.#choices += choices.length;
    return choices.find((choice) => (choice['index'] ?? 0) === 0);
  }

  #finish(): FinishPart {
    const asked = this.context.maxOutputTokens;
    const spent = asked !== undefined && this.#usage !== undefined && this.#usage.output_tokens >= asked;
    return {
      type: 'finish',
      // llama-server says `stop` also when the tokens ran out.
      reason: this.#reason === undefined || this.#reason === 'stop' ? (spent ? 'length' : 'stop') : this.#reason,
      ...(this.#usage === undefined ? {} : { usage: this.#usage }),
      ...(this.#model === undefined ? {} : { model: this.#model }),
    };
  }

  #reported(body: unknown): Error {
    return answerFault(this.context.provider, undefined, body, this.context.secrets);
  }

  #notAnAnswer(body: unknown): Error {
    if (isRecord(body) && isFailure(body['error'])) return this.#reported(body);
    return providerFault('protocol', this.context.provider, { logDetail: 'the body is JSON, but not an answer' });
  }
}

function isFailure(error: unknown): boolean {
  return (typeof error === 'string' && error !== '') || isRecord(error);
}

function pieces(type: 'text' | 'reasoning', text: string): WirePart[] {
  return text === '' ? [] : [{ type, text }];
}

/** `tool_calls` and what vendors add end an answer like `stop`: we send no tools. */
function finishReason(reason: string): ModelFinishReason {
  switch (reason) {
    case 'length':
    case 'max_tokens':
    case 'model_length':
      return 'length';
    case 'content_filter':
      return 'content_filter';
    default:
      return 'stop';
  }
}
