import { type AskedModel, estimateUsage, type ModelPart, type ModelRequest, ProviderError, runErrorCodeOf } from '@echo/api-providers';
import { type RunErrorCode, type StatusEvent } from '@echo/contract';
import { type Question } from './question';

/** The model that answers a run: the one that was asked for, or, until a word has come, one that stands in for it. */
export class Speaker {
  private request: ModelRequest;
  /** The newest message that it is not given. */
  memoryAfter: number | null;
  /** Why the one before it did not answer; null for the one that was asked for. */
  fallbackReason: RunErrorCode | null = null;
  /** Whether it was asked at all. */
  wasAsked = false;

  constructor(
    /** Who answers now. */
    public model: AskedModel,
    private readonly question: Question,
  ) {
    ({ request: this.request, memoryAfter: this.memoryAfter } = question.for(model.contextLength));
  }

  /** See `LanguageModel`. */
  stream(signal: AbortSignal): AsyncIterable<ModelPart> {
    this.wasAsked = true;
    return this.model.languageModel.stream(this.request, signal);
  }

  /** Makes the next one answer after `error`, and says so. Undefined when there is none, or when another one must not try what this one refused. */
  async fallBack(error: unknown): Promise<StatusEvent | undefined> {
    if (!(error instanceof ProviderError) || error.kind === 'filter' || error.kind === 'aborted') return undefined;
    const next = await this.model.next();
    if (!next) return undefined;
    this.model = next;
    this.fallbackReason = runErrorCodeOf(error.kind);
    ({ request: this.request, memoryAfter: this.memoryAfter } = this.question.for(next.contextLength));
    return {
      type: 'status',
      status: 'fallback',
      reason: this.fallbackReason,
      model: `${next.provider}/${next.model}`,
      ...(this.memoryAfter === null ? {} : { memory_after: this.memoryAfter }),
    };
  }

  /** A guess of the tokens that it was given. */
  get tokensRead(): number {
    return estimateUsage(this.request.messages, '').input_tokens;
  }
}
