import { Answer, type AnswerContext, countOf, detailOf, isFailure, textOf } from '../asking/answer';
import { type AnswerDecoder } from '../asking/dialect';
import { Seam } from '../asking/seam';
import { usageOf } from '../asking/usage';
import { type ModelFinishReason } from '../language-model';
import { isRecord, type JsonRecord } from '../transport/json';
import { type ServerSentEvent } from '../transport/server-sent-events';
import { type WirePart } from '../wire-model';

/** Reads the events of a message. Blocks of text follow each other without anything between: citations cut sentences into several. */
export class MessagesDecoder implements AnswerDecoder {
  readonly #answer: Answer;
  readonly #seam: Seam;
  /** What was read from the vendor's cache, or written to it, is counted apart from the other input. */
  #counts = { fresh: 0, cached: 0, written: 0, output: 0, reasoning: 0 };
  #isMessage = false;

  constructor(context: AnswerContext, unsentSpace = '') {
    this.#answer = new Answer(context);
    this.#seam = new Seam(unsentSpace);
  }

  get done(): boolean {
    return this.#answer.done;
  }

  get finished(): boolean {
    return this.#answer.reason !== undefined;
  }

  accept(event: ServerSentEvent): readonly WirePart[] {
    const value = this.#answer.read(event);
    if (value === undefined) return [];
    switch (value['type']) {
      case 'content_block_delta':
        this.#isMessage = true;
        return this.#say(value['delta']);
      case 'content_block_start':
        this.#isMessage = true;
        return this.#say(value['content_block']);
      case 'message_start':
        return this.#begin(value['message']);
      case 'message_delta':
        return this.#finish(value);
      case 'message_stop':
        this.#isMessage = true;
        this.#answer.done = true;
        return [];
      case 'error':
        throw this.#answer.reported(value);
      default:
        if (isFailure(value['error'])) throw this.#answer.reported(value);
        return this.#answer.say('');
    }
  }

  acceptWhole(body: unknown): readonly WirePart[] {
    if (!isRecord(body)) throw this.#answer.unreadable('the body is JSON, but not an answer');
    if (body['type'] === 'error' || isFailure(body['error'])) throw this.#answer.reported(body);
    if (!Array.isArray(body['content'])) throw this.#answer.unreadable('the body is JSON, but not an answer');
    const parts = [...this.#begin(body), ...body['content'].flatMap((block) => this.#say(block))];
    this.#readReason(body['stop_reason']);
    this.#answer.done = true;
    return parts;
  }

  end(): readonly WirePart[] {
    const parts = this.#answer.end();
    if (!this.#isMessage) throw this.#answer.unreadable('the stream held no message');
    return parts;
  }

  /** A block or what is added to one. Those of tools, citations and signatures hold nothing to show. */
  #say(piece: unknown): readonly WirePart[] {
    if (!isRecord(piece)) return this.#answer.say('');
    switch (piece['type']) {
      case 'text_delta':
      case 'text':
        return this.#answer.say(this.#seam.join(textOf(piece['text'])));
      case 'thinking_delta':
      case 'thinking':
        return this.#answer.say('', textOf(piece['thinking']));
      default:
        return this.#answer.say('');
    }
  }

  #begin(message: unknown): readonly WirePart[] {
    if (!isRecord(message)) throw this.#answer.unreadable('the message that begins is none');
    this.#isMessage = true;
    this.#answer.model = message['model'];
    this.#readUsage(message['usage']);
    return this.#answer.say('');
  }

  #finish(event: JsonRecord): readonly WirePart[] {
    this.#isMessage = true;
    const delta = event['delta'];
    if (isRecord(delta)) this.#readReason(delta['stop_reason']);
    this.#readUsage(event['usage']);
    return this.#answer.say('');
  }

  /** The figures are sums so far; gateways know the input only at the end, and say 0 before. */
  #readUsage(usage: unknown): void {
    if (!isRecord(usage)) return;
    const { fresh, cached, written, output, reasoning } = this.#counts;
    this.#counts = {
      fresh: countOf(usage['input_tokens']) || fresh,
      cached: countOf(usage['cache_read_input_tokens']) || cached,
      written: countOf(usage['cache_creation_input_tokens']) || written,
      output: countOf(usage['output_tokens']) ?? output,
      reasoning: detailOf(usage, 'output_tokens_details', 'thinking_tokens') ?? reasoning,
    };
    const counts = this.#counts;
    this.#answer.usage = usageOf({ ...counts, input: counts.fresh + counts.cached + counts.written });
  }

  #readReason(reason: unknown): void {
    if (typeof reason === 'string' && reason !== '') this.#answer.reason = finishReason(reason);
  }
}

/** `tool_use`, `pause_turn` and what may be added end an answer like `end_turn`: we send no tools. */
function finishReason(reason: string): ModelFinishReason {
  switch (reason) {
    case 'max_tokens':
    case 'model_context_window_exceeded':
      return 'length';
    case 'refusal':
      return 'content_filter';
    default:
      return 'stop';
  }
}
