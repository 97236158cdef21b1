import { type BegunRun, type EndedRun, type Flush, RunObserver } from '@echo/api-chat';
import { type Registry } from 'prom-client';
import { currentRequestId } from '../http/request-id';
import { type AppLogger } from '../logging/app-logger';
import { runInstruments, type RunInstruments } from './run-instruments';

/** Counts what happens to runs, and logs the beginning and the end of each. */
export class RunMetrics extends RunObserver {
  private readonly metrics: RunInstruments;

  constructor(
    registry: Registry,
    private readonly logger: AppLogger,
  ) {
    super();
    this.metrics = runInstruments(registry);
  }

  within(_run: BegunRun, make: () => Promise<void>): Promise<void> {
    return make();
  }

  began({ id, provider, model }: BegunRun): void {
    this.metrics.begun.inc({ provider });
    this.logger.tell('info', 'An answer begins', { run_id: id, request_id: currentRequestId(), provider, model }, 'Runs');
  }

  ended(run: EndedRun): void {
    const { provider, status, errorCode, usage, firstContentMs, longestGapMs, durationMs } = run;
    this.metrics.ended.inc({ provider, outcome: status });
    if (errorCode !== undefined) this.metrics.errors.inc({ provider, code: errorCode });
    this.metrics.tokens.inc({ provider, direction: 'input' }, usage.input_tokens);
    this.metrics.tokens.inc({ provider, direction: 'output' }, usage.output_tokens);
    this.metrics.duration.observe({ provider }, durationMs / 1000);
    if (firstContentMs !== undefined) this.metrics.firstContent.observe({ provider }, firstContentMs / 1000);
    if (longestGapMs !== undefined) this.metrics.longestGap.observe({ provider }, longestGapMs / 1000);
    this.log(run);
  }

  flushed({ ms, events, chars }: Flush): void {
    // A look for stop flags stores nothing.
    if (events === 0) return;
    this.metrics.flush.observe(ms / 1000);
    this.metrics.flushChars.observe(chars);
    this.metrics.flushEvents.inc(events);
  }

  flushFailed(): void {
    this.metrics.flushFailures.inc();
  }

  droppedReader(): void {
    this.metrics.droppedReaders.inc();
  }

  private log({ id, provider, model, status, errorCode, usage, firstContentMs, longestGapMs, durationMs }: EndedRun): void {
    const times = { first_content_ms: round(firstContentMs), longest_gap_ms: round(longestGapMs), duration_ms: round(durationMs) };
    const tokens = { input_tokens: usage.input_tokens, output_tokens: usage.output_tokens };
    const outcome = { outcome: status, ...(errorCode === undefined ? {} : { error_code: errorCode }) };
    const ids = { run_id: id, request_id: currentRequestId() };
    this.logger.tell('info', 'An answer ended', { ...ids, provider, model, ...outcome, ...times, ...tokens }, 'Runs');
  }
}

function round(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : Math.round(ms);
}
