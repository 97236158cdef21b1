import { Answer, type AnswerContext, isFailure } from '../asking/answer';
import { type AnswerDecoder } from '../asking/dialect';
import { type ModelFinishReason } from '../language-model';
import { isRecord, type JsonRecord } from '../transport/json';
import { type ServerSentEvent } from '../transport/server-sent-events';
import { type WirePart } from '../wire-model';
import { readDelta } from './chat-delta';
import { readUsage } from './chat-usage';

/** Reads the chunks of a chat completion. */
export class ChatDecoder implements AnswerDecoder {
  readonly #answer: Answer;
  #hasChoices = false;

  constructor(context: AnswerContext) {
    this.#answer = new Answer(context);
  }

  get done(): boolean {
    return this.#answer.done;
  }

  get finished(): boolean {
    return this.#answer.reason !== undefined;
  }

  accept(event: ServerSentEvent): readonly WirePart[] {
    if (event.data.trim() === '[DONE]') {
      this.#answer.done = true;
      return [];
    }
    const chunk = this.#answer.read(event);
    return chunk === undefined ? [] : this.#acceptChunk(chunk);
  }

  acceptWhole(body: unknown): readonly WirePart[] {
    if (!isRecord(body) || !Array.isArray(body['choices'])) throw this.#notAnAnswer(body);
    const choices = body['choices'].filter(isRecord).map((choice) => ({ ...choice, delta: choice['message'] }));
    const parts = this.#acceptChunk({ ...body, choices });
    this.#answer.done = true;
    return parts;
  }

  end(): readonly WirePart[] {
    const parts = this.#answer.end();
    if (!this.#hasChoices) throw this.#answer.unreadable('the stream held no choices');
    return parts;
  }

  #acceptChunk(chunk: JsonRecord): readonly WirePart[] {
    const choice = this.#choiceOf(chunk);
    const reason = choice?.['finish_reason'];
    if (isFailure(chunk['error'])) throw this.#answer.reported(chunk);
    if (isFailure(choice?.['error'])) throw this.#answer.reported(choice);
    if (reason === 'error') throw this.#answer.reported({ error: 'finish_reason error' });
    this.#answer.usage = readUsage(chunk) ?? this.#answer.usage;
    this.#answer.model = chunk['model'];
    if (choice === undefined) return this.#answer.say('');
    const { text, reasoning } = readDelta(choice['delta']);
    if (typeof reason === 'string' && reason !== '') this.#answer.reason = finishReason(reason);
    return this.#answer.say(text, reasoning);
  }

  #choiceOf(chunk: JsonRecord): JsonRecord | undefined {
    const choices = chunk['choices'];
    if (!Array.isArray(choices)) return undefined;
    const records = choices.filter(isRecord);
    this.#hasChoices ||= records.length > 0;
    return records.find((choice) => (choice['index'] ?? 0) === 0);
  }

  #notAnAnswer(body: unknown): Error {
    if (isRecord(body) && isFailure(body['error'])) return this.#answer.reported(body);
    return this.#answer.unreadable('the body is JSON, but not an answer');
  }
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
