import { Answer, type AnswerContext, countOf, detailOf, isFailure, textOf } from '../asking/answer';
import { type AnswerDecoder } from '../asking/dialect';
import { StopTexts } from '../asking/stop-texts';
import { usageOf } from '../asking/usage';
import { isRecord, type JsonRecord } from '../transport/json';
import { type ServerSentEvent } from '../transport/server-sent-events';
import { type WirePart } from '../wire-model';

/** Between two parts of a summary, each of which is a paragraph of its own. */
const PARAGRAPH = '\n\n';

/** Reads the events of a response, up to the one that ends it: completed, incomplete or failed. */
export class ResponsesDecoder implements AnswerDecoder {
  readonly #answer: Answer;
  readonly #stops: StopTexts;
  #isResponse = false;
  #hasReasoning = false;

  constructor(context: AnswerContext, stop: readonly string[] = []) {
    this.#answer = new Answer(context);
    this.#stops = new StopTexts(stop);
  }

  get done(): boolean {
    return this.#answer.done;
  }

  get finished(): boolean {
    return this.#answer.reason !== undefined;
  }

  accept(event: ServerSentEvent): readonly WirePart[] {
    // Some servers end with the other protocol's sign: it says nothing that the events have not said.
    if (event.data.trim() === '[DONE]') return [];
    const value = this.#answer.read(event);
    if (value === undefined) return [];
    const type = textOf(value['type']);
    this.#isResponse ||= type.startsWith('response.');
    switch (type) {
      case 'response.output_text.delta':
      case 'response.refusal.delta':
        return this.#say(textOf(value['delta']));
      case 'response.reasoning_summary_text.delta':
      case 'response.reasoning_text.delta':
        return this.#think(textOf(value['delta']));
      case 'response.reasoning_summary_part.added':
        return this.#answer.say('', this.#hasReasoning ? PARAGRAPH : '');
      case 'response.created':
      case 'response.in_progress':
      case 'response.completed':
      case 'response.incomplete':
      case 'response.failed':
        this.#readResponse(value['response']);
        return this.#answer.say('');
      case 'error':
        throw this.#answer.reported(value);
      default:
        if (isFailure(value['error'])) throw this.#answer.reported(value);
        return this.#answer.say('');
    }
  }

  acceptWhole(body: unknown): readonly WirePart[] {
    if (!isRecord(body)) throw this.#answer.unreadable('the body is JSON, but not an answer');
    if (isFailure(body['error'])) throw this.#answer.reported(body);
    if (!Array.isArray(body['output'])) throw this.#answer.unreadable('the body is JSON, but not an answer');
    this.#isResponse = true;
    const parts = body['output'].filter(isRecord).flatMap((item) => this.#sayItem(item));
    this.#readResponse(body);
    return parts;
  }

  end(): readonly WirePart[] {
    const last = this.#stops.rest();
    const parts = [...(last === '' ? [] : this.#answer.say(last)), ...this.#answer.end()];
    if (!this.#isResponse) throw this.#answer.unreadable('the stream held no response');
    return parts;
  }

  #say(text: string): readonly WirePart[] {
    const said = this.#stops.pass(text);
    if (this.#stops.isFound && !this.#answer.done) {
      this.#answer.done = true;
      this.#answer.reason = 'stop';
    }
    return this.#answer.say(said);
  }

  #think(text: string): readonly WirePart[] {
    this.#hasReasoning ||= text !== '';
    return this.#answer.say('', text);
  }

  /** An item of a whole response: a message, or the summary of what was thought. */
  #sayItem({ type, content, summary }: JsonRecord): readonly WirePart[] {
    const texts = (list: unknown): string[] =>
      Array.isArray(list) ? list.filter(isRecord).map((part) => textOf(part['text']) || textOf(part['refusal'])) : [];
    if (type === 'message') return this.#say(texts(content).join(''));
    if (type !== 'reasoning') return [];
    const thought = [...texts(summary), ...texts(content)].filter((text) => text !== '').join(PARAGRAPH);
    return thought === '' ? [] : this.#think((this.#hasReasoning ? PARAGRAPH : '') + thought);
  }

  #readResponse(response: unknown): void {
    if (!isRecord(response)) return;
    this.#answer.model = response['model'];
    const usage = response['usage'];
    if (isRecord(usage)) {
      const counts = usageOf({
        input: countOf(usage['input_tokens']),
        output: countOf(usage['output_tokens']),
        cached: detailOf(usage, 'input_tokens_details', 'cached_tokens'),
        reasoning: detailOf(usage, 'output_tokens_details', 'reasoning_tokens'),
      });
      this.#answer.usage = counts ?? this.#answer.usage;
    }
    switch (response['status']) {
      case 'completed':
        return this.#end('stop');
      case 'incomplete':
        return this.#end(isFiltered(response['incomplete_details']) ? 'content_filter' : 'length');
      case 'failed':
      case 'cancelled':
        throw this.#answer.reported(isFailure(response['error']) ? response : { error: `the response is ${response['status']}` });
    }
  }

  #end(reason: 'stop' | 'length' | 'content_filter'): void {
    this.#answer.reason ??= reason;
    this.#answer.done = true;
  }
}

function isFiltered(details: unknown): boolean {
  return isRecord(details) && details['reason'] === 'content_filter';
}
