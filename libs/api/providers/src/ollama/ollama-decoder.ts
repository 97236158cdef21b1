import { Answer, type AnswerContext, countOf, isFailure, textOf } from '../asking/answer';
import { type AnswerDecoder } from '../asking/dialect';
import { usageOf } from '../asking/usage';
import { isRecord, type JsonRecord } from '../transport/json';
import { type ServerSentEvent } from '../transport/server-sent-events';
import { type WirePart } from '../wire-model';

/** Reads the lines of an answer. Beside `message`, the older field `response` is understood. */
export class OllamaDecoder implements AnswerDecoder {
  readonly #answer: Answer;
  #isAnswer = false;

  constructor(context: AnswerContext) {
    this.#answer = new Answer(context);
  }

  get done(): boolean {
    return this.#answer.done;
  }

  get finished(): boolean {
    return this.#answer.done;
  }

  accept(event: ServerSentEvent): readonly WirePart[] {
    const line = this.#answer.read(event);
    return line === undefined ? [] : this.#acceptLine(line);
  }

  acceptWhole(body: unknown): readonly WirePart[] {
    if (!isRecord(body)) throw this.#answer.unreadable('the body is JSON, but not an answer');
    return this.#acceptLine(body);
  }

  end(): readonly WirePart[] {
    return this.#answer.end();
  }

  #acceptLine(line: JsonRecord): readonly WirePart[] {
    if (isFailure(line['error'])) throw this.#answer.reported(line);
    const message = line['message'];
    this.#isAnswer ||= isRecord(message) || typeof line['response'] === 'string' || typeof line['done'] === 'boolean';
    if (!this.#isAnswer) throw this.#answer.unreadable('a line is JSON, but no part of an answer');
    this.#answer.model = line['model'];
    if (line['done'] === true) this.#end(line);
    const { content, thinking } = isRecord(message) ? message : { content: line['response'], thinking: line['thinking'] };
    return this.#answer.say(textOf(content), textOf(thinking));
  }

  /** Every line but the last has `done: false`. A prompt that is still in memory is not counted. */
  #end(line: JsonRecord): void {
    this.#answer.done = true;
    this.#answer.reason = line['done_reason'] === 'length' ? 'length' : 'stop';
    const input = countOf(line['prompt_eval_count']);
    const output = countOf(line['eval_count']);
    this.#answer.usage = usageOf({ input, output });
  }
}
