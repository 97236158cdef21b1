import { type RunObserver } from '@echo/api-chat';
import { type CallObserver } from '@echo/api-providers';
import { type Tracer } from '@opentelemetry/api';
import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtobufExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { type RequestHandler } from 'express';
import { setTimeout as sleep } from 'node:timers/promises';
import { type TracingSettings } from '../config/settings';
import { type AppLogger } from '../logging/app-logger';
import { VERSION } from '../version';
import { samplerOf } from './sampler';
import { SpanScope } from './span-scope';
import { ToldExporter } from './told-exporter';
import { TracedCalls } from './traced-calls';
import { tracedRequests } from './traced-requests';
import { TracedRuns } from './traced-runs';
import { type Tracing } from './tracing';

/** Milliseconds that the last parcel gets when the process ends. */
const LAST_MS = 3_000;

/** Traces by OpenTelemetry. Nothing is registered with it globally: whoever wants a span gets it from here. Loaded only where traces are collected. */
export class OpenTelemetry implements Tracing {
  readonly requests: RequestHandler;
  readonly calls: CallObserver;
  private readonly scope = new SpanScope();
  private readonly provider: TracerProvider;
  private readonly tracer: Tracer;
  private readonly replica = Promise.withResolvers<string>();

  constructor({ url, headers, protocol, serviceName, attributes, parcelMs, ...sampling }: TracingSettings, logger: AppLogger) {
    const Exporter = protocol === 'http/json' ? JsonExporter : ProtobufExporter;
    // What it is not told it reads itself: OTEL_EXPORTER_OTLP_TIMEOUT (10 s for a parcel, all tries together), …_COMPRESSION, …_CERTIFICATE.
    const exporter = new ToldExporter(new Exporter({ url, headers: { ...headers } }), logger);
    this.provider = new TracerProvider({
      sampler: samplerOf(sampling),
      // The first parcel waits for the replica's name.
      resource: resourceFromAttributes({
        ...attributes,
        'service.name': serviceName,
        'service.version': VERSION,
        'service.instance.id': this.replica.promise,
      }),
      spanProcessors: [new BatchSpanProcessor({ exporter, scheduledDelayMillis: parcelMs })],
    });
    this.tracer = this.provider.getTracer('echov2', VERSION);
    this.requests = tracedRequests(this.tracer, this.scope);
    this.calls = new TracedCalls(this.tracer, this.scope);
  }

  runs(observer: RunObserver): RunObserver {
    return new TracedRuns(this.tracer, this.scope, observer);
  }

  nameReplica(id: string): void {
    this.replica.resolve(id);
  }

  async close(): Promise<void> {
    // A collector that is away was told of; that the last parcel is lost with it is not worth a word more.
    const sent = this.provider.shutdown().catch(() => undefined);
    await Promise.race([sent, sleep(LAST_MS, undefined, { ref: false })]);
  }
}
