import { answerFault, readFailureReport } from '../errors/answer-fault';
import { ProviderError } from '../errors/provider-error';
import { providerFault } from '../errors/provider-fault';
import { type ModelRequest } from '../language-model';
import { type ProviderSettings } from '../provider-settings';
import { type HttpBody } from '../transport/http-body';
import { type HttpAnswer, type HttpTransport } from '../transport/http-transport';
import { parseJson } from '../transport/json';
import { retryAfterMs } from '../transport/retry-after';
import { ServerSentEvents } from '../transport/server-sent-events';
import { type WireModel, type WirePart } from '../wire-model';
import { ChatDecoder } from './chat-decoder';
import { type AskingStyle, easierStyle, FIRST_STYLE } from './asking-style';
import { continues } from './continuation';
import { chatCall, secretsOf } from './chat-request';

/** Characters of a failure's body that are read, and milliseconds that it gets for them. */
const FAILURE = { chars: 65_536, ms: 2_000 };
/** Length of an answer that is not streamed: a million characters, escaped. */
const WHOLE_ANSWER_CHARS = 8 * 1024 * 1024;
/** Milliseconds in which usage and `[DONE]` may follow the finish reason. The answer is complete already. */
const TRAILER_MS = 2_000;

/** A model behind `POST /chat/completions`. */
export class OpenAiChatModel implements WireModel {
  readonly id: string;
  readonly continues: boolean;

  constructor(
    private readonly provider: ProviderSettings,
    private readonly model: string,
    private readonly transport: HttpTransport,
  ) {
    this.id = `${provider.id}/${model}`;
    this.continues = continues(provider);
  }

  async *stream(request: ModelRequest, signal: AbortSignal): AsyncGenerator<WirePart> {
    let style: AskingStyle | undefined = FIRST_STYLE;
    let body: HttpBody | undefined;
    while (body === undefined) {
      if (!style.stream) yield { type: 'unstreamed' };
      const answer = await this.transport.send(chatCall(this.provider, this.model, request, style), signal);
      if (answer.status < 400) body = answer.body;
      else {
        const { fault, report } = await this.#failure(answer);
        style = easierStyle(style, answer.status, report);
        if (style === undefined) throw fault;
      }
    }
    const { name } = this.provider;
    const decoder = new ChatDecoder({ provider: name, secrets: secretsOf(this.provider), maxOutputTokens: request.maxOutputTokens });
    let patience: NodeJS.Timeout | undefined;
    let heard = false;
    try {
      const first = await body.peek();
      if (first === '<') throw providerFault('protocol', name, { logDetail: 'the answer is a web page' });
      if (first === '{' || first === '[') {
        // The server does not stream, whatever we asked for.
        yield { type: 'unstreamed' };
        for (const part of decoder.acceptWhole(parseJson(await body.text(WHOLE_ANSWER_CHARS)))) yield part;
      } else {
        const stream = new ServerSentEvents(body, name);
        for (let events = await stream.next(); events !== undefined; events = await stream.next()) {
          heard = true;
          for (const event of events) if (!decoder.done) for (const part of decoder.accept(event)) yield part;
          if (decoder.done) break;
          if (decoder.finished) patience ??= setTimeout(() => body.release(), TRAILER_MS);
        }
        // Neither an event nor a comment: some text.
        if (!heard && first !== '' && first !== ':')
          throw providerFault('protocol', name, { logDetail: 'the answer is not a stream of events' });
      }
    } catch (error) {
      // Cut off after the finish reason: the answer is whole, only its figures may be missing.
      if (!decoder.finished || !(error instanceof ProviderError) || error.kind !== 'truncated') throw error;
    } finally {
      clearTimeout(patience);
      if (decoder.finished || decoder.done) body.finish();
      else body.release();
    }
    for (const part of decoder.end()) yield part;
  }

  async #failure({ status, header, body }: HttpAnswer) {
    const json = parseJson(await body.excerpt(FAILURE.chars, FAILURE.ms));
    return {
      fault: answerFault(this.provider.name, status, json, secretsOf(this.provider), retryAfterMs(header)),
      report: readFailureReport(json),
    };
  }
}
