import { type BegunRun, type EndedRun, type Flush, RunObserver } from '@echo/api-chat';
import { ROOT_CONTEXT, type Span, SpanStatusCode, type Tracer } from '@opentelemetry/api';
import { currentRequestId } from '../http/request-id';
import { type SpanScope } from './span-scope';

/** A span for each run, below the request that asked for it, and one for each group commit, linked to the runs whose events it stored. */
export class TracedRuns extends RunObserver {
  private readonly spans = new Map<string, Span>();

  constructor(
    private readonly tracer: Tracer,
    private readonly scope: SpanScope,
    private readonly next: RunObserver,
  ) {
    super();
  }

  async within(run: BegunRun, make: () => Promise<void>): Promise<void> {
    const attributes = {
      'echo.run.id': run.id,
      'echo.request.id': currentRequestId(),
      'gen_ai.conversation.id': String(run.conversationId),
      'gen_ai.provider.name': run.provider,
      'gen_ai.request.model': run.model,
    };
    const span = this.tracer.startSpan('run', { attributes }, this.scope.current);
    if (span.isRecording()) this.spans.set(run.id, span);
    try {
      await this.scope.within(span, () => this.next.within(run, make));
    } finally {
      this.spans.delete(run.id);
      span.end();
    }
  }

  began(run: BegunRun): void {
    this.next.began(run);
  }

  ended(run: EndedRun): void {
    const { status, errorCode, usage, firstContentMs, longestGapMs } = run;
    this.spans.get(run.id)?.setAttributes({
      'echo.run.status': status,
      'error.type': errorCode,
      'gen_ai.usage.input_tokens': usage.input_tokens,
      'gen_ai.usage.output_tokens': usage.output_tokens,
      'echo.run.first_content_ms': round(firstContentMs),
      'echo.run.longest_gap_ms': round(longestGapMs),
    });
    if (errorCode !== undefined) this.spans.get(run.id)?.setStatus({ code: SpanStatusCode.ERROR });
    this.next.ended(run);
  }

  flushed(flush: Flush): void {
    this.traceFlush(flush);
    this.next.flushed(flush);
  }

  flushFailed(): void {
    this.next.flushFailed();
  }

  droppedReader(): void {
    this.next.droppedReader();
  }

  /** A commit belongs to many traces, so it is one of its own. One that stored nothing for a run that is traced is none. */
  private traceFlush({ ms, events, chars, runIds }: Flush): void {
    if (events === 0 || this.spans.size === 0) return;
    const links = runIds.flatMap((id) => this.spans.get(id) ?? []).map((span) => ({ context: span.spanContext() }));
    if (links.length === 0) return;
    const attributes = { 'echo.flush.runs': runIds.length, 'echo.flush.events': events, 'echo.flush.chars': chars };
    const now = Date.now();
    this.tracer.startSpan('flush', { root: true, links, attributes, startTime: now - ms }, ROOT_CONTEXT).end(now);
  }
}

function round(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : Math.round(ms);
}
