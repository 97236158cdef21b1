import { type ExportResult, ExportResultCode } from '@opentelemetry/core';
import { type ReadableSpan, type SpanExporter } from '@opentelemetry/sdk-trace';
import { type AppLogger } from '../logging/app-logger';

/** Sends traces by another exporter, and says once when that fails, and once when it works again. Traces that could not be sent are gone; nothing else suffers. */
export class ToldExporter implements SpanExporter {
  private isFailing = false;

  constructor(
    private readonly exporter: SpanExporter,
    private readonly logger: AppLogger,
  ) {}

  export(spans: ReadableSpan[], done: (result: ExportResult) => void): void {
    this.exporter.export(spans, (result) => {
      const fails = result.code !== ExportResultCode.SUCCESS;
      if (fails !== this.isFailing) this.tell(fails, result.error);
      this.isFailing = fails;
      done(result);
    });
  }

  forceFlush(): Promise<void> {
    return this.exporter.forceFlush?.() ?? Promise.resolve();
  }

  shutdown(): Promise<void> {
    return this.exporter.shutdown();
  }

  /** By its code alone: what a collector answers is not ours to repeat. */
  private tell(fails: boolean, error: Error | undefined): void {
    if (!fails) return this.logger.tell('info', 'Traces are taken again', {}, 'Traces');
    const { code } = (error ?? {}) as { code?: string | number };
    this.logger.tell('warn', 'Traces cannot be sent: see OTEL_EXPORTER_OTLP_ENDPOINT. They are dropped until it works', { code }, 'Traces');
  }
}
