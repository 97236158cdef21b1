import { answerFault, readFailureReport } from '../errors/answer-fault';
import { ProviderError } from '../errors/provider-error';
import { providerFault } from '../errors/provider-fault';
import { type ModelRequest } from '../language-model';
import { type ProviderSettings } from '../provider-settings';
import { type HttpBody } from '../transport/http-body';
import { type HttpAnswer, type HttpTransport } from '../transport/http-transport';
import { parseJson } from '../transport/json';
import { JsonLines } from '../transport/json-lines';
import { retryAfterMs } from '../transport/retry-after';
import { ServerSentEvents } from '../transport/server-sent-events';
import { type WireModel, type WirePart } from '../wire-model';
import { secretsOf } from './access';
import { type AskingStyle, easierStyle, FIRST_STYLE } from './asking-style';
import { type AnswerDecoder, type Dialect } from './dialect';
import { spokenParts } from './spoken-parts';

/** Characters of a failure's body that are read, and milliseconds that it gets for them. */
const FAILURE = { chars: 65_536, ms: 2_000 };
/** Length of an answer that is not streamed: a million characters, escaped. */
const WHOLE_ANSWER_CHARS = 8 * 1024 * 1024;
/** Milliseconds in which usage and the last sign may follow the finish reason. The answer is complete already. */
const TRAILER_MS = 2_000;
/** An easier way to ask is looked for so many times. */
const MAX_STYLES = 5;

/** A model that is asked by one `POST` and answers by one stream, in the dialect of its wire. */
export class AskedModel implements WireModel {
  readonly id: string;

  constructor(
    private readonly provider: ProviderSettings,
    model: string,
    readonly continues: boolean,
    private readonly dialect: Dialect,
    private readonly transport: HttpTransport,
  ) {
    this.id = `${provider.id}/${model}`;
  }

  async *stream(request: ModelRequest, signal: AbortSignal): AsyncGenerator<WirePart> {
    const { body, style } = yield* this.#ask(request, signal);
    const decoder = this.dialect.decoder(request, style);
    let patience: NodeJS.Timeout | undefined;
    try {
      const first = await body.peek();
      if (first === '<') throw this.#notAnAnswer('the answer is a web page');
      if (this.dialect.framing === 'events' && (first === '{' || first === '[')) {
        // The server does not stream, whatever we asked for.
        yield { type: 'unstreamed' };
        for (const part of decoder.acceptWhole(parseJson(await body.text(WHOLE_ANSWER_CHARS)))) yield part;
      } else {
        const stream =
          this.dialect.framing === 'lines' ? new JsonLines(body, this.provider.name) : new ServerSentEvents(body, this.provider.name);
        let heard = false;
        for (let events = await stream.next(); events !== undefined; events = await stream.next()) {
          heard = true;
          const { parts, failure } = spokenParts(events, decoder);
          for (const part of parts) yield part;
          if (failure) throw failure;
          if (decoder.done) break;
          if (!decoder.finished) continue;
          // Gemini has given a reason with every piece: the wait begins anew with each.
          if (patience === undefined) patience = setTimeout(() => body.release(), TRAILER_MS);
          else patience.refresh();
        }
        // Neither an event nor a comment: some text.
        if (!heard && first !== '' && first !== ':') throw this.#notAnAnswer('the answer is not a stream of events');
      }
    } catch (error) {
      // Cut off after the finish reason: the answer is whole, only its figures may be missing.
      if (!decoder.finished || !(error instanceof ProviderError) || error.kind !== 'truncated') throw error;
    } finally {
      clearTimeout(patience);
      leave(body, decoder);
    }
    for (const part of decoder.end()) yield part;
  }

  /** Asks until the provider answers; after a refusal of how it was asked, in an easier way. */
  async *#ask(request: ModelRequest, signal: AbortSignal): AsyncGenerator<WirePart, { body: HttpBody; style: AskingStyle }> {
    const optional = this.dialect.optional(request);
    let style = FIRST_STYLE;
    for (let asked = 1; ; asked++) {
      if (!style.stream) yield { type: 'unstreamed' };
      const answer = await this.transport.send(this.dialect.call(request, style), signal);
      if (answer.status < 400) return { body: answer.body, style };
      const said = await this.#failure(answer);
      const easier = asked < MAX_STYLES ? easierStyle(style, optional, answer.status, readFailureReport(said.body)) : undefined;
      if (easier === undefined) throw said.fault;
      style = easier;
    }
  }

  async #failure({ status, header, body }: HttpAnswer) {
    const json = parseJson(await body.excerpt(FAILURE.chars, FAILURE.ms));
    return { body: json, fault: answerFault(this.provider.name, status, json, secretsOf(this.provider), retryAfterMs(header)) };
  }

  #notAnAnswer(logDetail: string): ProviderError {
    return providerFault('protocol', this.provider.name, { logDetail });
  }
}

function leave(body: HttpBody, { finished, done }: AnswerDecoder): void {
  if (finished || done) body.finish();
  else body.release();
}
