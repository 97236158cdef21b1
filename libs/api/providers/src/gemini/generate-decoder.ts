import { Answer, type AnswerContext, countOf, isFailure, textOf } from '../asking/answer';
import { type AnswerDecoder } from '../asking/dialect';
import { usageOf } from '../asking/usage';
import { providerFault } from '../errors/provider-fault';
import { type ModelFinishReason } from '../language-model';
import { isRecord, type JsonRecord } from '../transport/json';
import { type ServerSentEvent } from '../transport/server-sent-events';
import { type WirePart } from '../wire-model';

/** Reads generated content: each event is a whole response with the next parts in it. Only the end of the stream ends it. */
export class GenerateDecoder implements AnswerDecoder {
  readonly #answer: Answer;
  #hasCandidates = false;

  constructor(private readonly context: AnswerContext) {
    this.#answer = new Answer(context);
  }

  get done(): boolean {
    return this.#answer.done;
  }

  get finished(): boolean {
    return this.#answer.reason !== undefined;
  }

  accept(event: ServerSentEvent): readonly WirePart[] {
    const response = this.#answer.read(event);
    return response === undefined ? [] : this.#acceptResponse(response);
  }

  /** One response, or the list of them that a server sends which does not know server-sent events. */
  acceptWhole(body: unknown): readonly WirePart[] {
    const responses: readonly unknown[] = Array.isArray(body) ? body : [body];
    const parts = responses.flatMap((response) => {
      if (!isRecord(response)) throw this.#answer.unreadable('the body is JSON, but not an answer');
      return this.#acceptResponse(response);
    });
    if (!this.#hasCandidates) throw this.#answer.unreadable('the body is JSON, but not an answer');
    return parts;
  }

  end(): readonly WirePart[] {
    const parts = this.#answer.end();
    if (!this.#hasCandidates) throw this.#answer.unreadable('the stream held no candidates');
    return parts;
  }

  #acceptResponse(response: JsonRecord): readonly WirePart[] {
    if (isFailure(response['error'])) throw this.#answer.reported(response);
    const blocked = response['promptFeedback'];
    if (isRecord(blocked) && textOf(blocked['blockReason']) !== '')
      throw providerFault('filter', this.context.provider, {
        logDetail: `the prompt was blocked: ${textOf(blocked['blockReason']).slice(0, 100)}`,
      });
    this.#answer.model = response['modelVersion'];
    this.#readUsage(response['usageMetadata']);
    const candidates = Array.isArray(response['candidates']) ? response['candidates'].filter(isRecord) : [];
    this.#hasCandidates ||= candidates.length > 0;
    const candidate = candidates.find((each) => (each['index'] ?? 0) === 0);
    if (candidate === undefined) return this.#answer.say('');
    const reason = textOf(candidate['finishReason']);
    if (reason !== '' && reason !== 'FINISH_REASON_UNSPECIFIED') this.#answer.reason = finishReason(reason);
    return this.#say(candidate['content']);
  }

  #say(content: unknown): readonly WirePart[] {
    const parts = isRecord(content) && Array.isArray(content['parts']) ? content['parts'].filter(isRecord) : [];
    const texts = parts.filter((part) => textOf(part['text']) !== '');
    if (texts.length === 0) return this.#answer.say('');
    return texts.flatMap((part) =>
      part['thought'] === true ? this.#answer.say('', textOf(part['text'])) : this.#answer.say(textOf(part['text'])),
    );
  }

  /** Thoughts are counted apart, and paid for like the answer. Each response holds the sums so far. */
  #readUsage(usage: unknown): void {
    if (!isRecord(usage)) return;
    const input = countOf(usage['promptTokenCount']);
    const said = countOf(usage['candidatesTokenCount']);
    const thought = countOf(usage['thoughtsTokenCount']);
    const output = said === undefined && thought === undefined ? undefined : (said ?? 0) + (thought ?? 0);
    const counts = usageOf({ input, output, cached: countOf(usage['cachedContentTokenCount']), reasoning: thought });
    this.#answer.usage = counts ?? this.#answer.usage;
  }
}

/** `OTHER`, those about tools and what may be added end an answer like `STOP`. */
function finishReason(reason: string): ModelFinishReason {
  switch (reason) {
    case 'MAX_TOKENS':
      return 'length';
    case 'SAFETY':
    case 'RECITATION':
    case 'BLOCKLIST':
    case 'PROHIBITED_CONTENT':
    case 'SPII':
    case 'LANGUAGE':
    case 'IMAGE_SAFETY':
      return 'content_filter';
    default:
      return 'stop';
  }
}
