import { answerFault, readFailureReport } from '../errors/answer-fault';
import { ProviderError } from '../errors/provider-error';
import { providerFault } from '../errors/provider-fault';
import { type ModelRequest } from '../language-model';
import { type ProviderSettings } from '../provider-settings';
import { type HttpBody } from '../transport/http-body';
import { type HttpAnswer, type HttpTransport } from '../transport/http-transport';
import { parseJson } from '../transport/json';
import { retryAfterMs } from '../transport/retry-after';
import { readServerSentEvents } from '../transport/server-sent-events';
import { type WireModel, type WirePart } from '../wire-model';
import { ChatDecoder } from './chat-decoder';
import { easierStyle, FIRST_STYLE } from './asking-style';
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
    let style = FIRST_STYLE;
    for (;;) {
      if (!style.stream) yield { type: 'unstreamed' };
      const answer = await this.transport.send(chatCall(this.provider, this.model, request, style), signal);
      if (answer.status >= 400) {
        const { fault, report } = await this.#failure(answer);
        const easier = easierStyle(style, answer.status, report);
        if (easier === undefined) throw fault;
        style = easier;
        continue;
      }
      yield* this.#read(answer.body, request);
      return;
    }
  }

  async *#read(body: HttpBody, request: ModelRequest): AsyncGenerator<WirePart> {
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
        yield* decoder.acceptWhole(parseJson(await body.text(WHOLE_ANSWER_CHARS)));
      } else {
        for await (const events of readServerSentEvents(body, name)) {
          heard = true;
          for (const event of events) if (!decoder.done) yield* decoder.accept(event);
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
    yield* decoder.end();
  }

  async #failure({ status, header, body }: HttpAnswer) {
    const json = parseJson(await body.excerpt(FAILURE.chars, FAILURE.ms));
    return {
      fault: answerFault(this.provider.name, status, json, secretsOf(this.provider), retryAfterMs(header)),
      report: readFailureReport(json),
    };
  }
}
