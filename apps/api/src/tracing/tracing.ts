import { type RunObserver } from '@echo/api-chat';
import { type CallObserver } from '@echo/api-providers';
import { type RequestHandler } from 'express';
import { type TracingSettings } from '../config/settings';
import { type AppLogger } from '../logging/app-logger';

/** Traces of what this process does, for whoever collects them. Ids, names and figures only: not a word of what people or models say. */
export interface Tracing {
  /** Traces requests of the API. */
  readonly requests: RequestHandler;
  /** Traces calls to providers. */
  readonly calls: CallObserver;
  /** Traces runs and commits, and passes everything on to `observer`. */
  runs(observer: RunObserver): RunObserver;
  /** From now on every trace names the replica that this process is. */
  nameReplica(id: string): void;
  /** Sends what was not sent yet, in a few seconds at most. Never rejects. */
  close(): Promise<void>;
}

/** Loads OpenTelemetry where somebody collects traces. Where nobody does, not one of its files is read. */
export async function openTracing(settings: TracingSettings | undefined, logger: AppLogger): Promise<Tracing | undefined> {
  if (settings === undefined) return undefined;
  const { OpenTelemetry } = await import('./open-telemetry.js');
  return new OpenTelemetry(settings, logger);
}
