import { type LoggerService } from '@nestjs/common';
import pino, { type DestinationStream, type Level, type Logger } from 'pino';
import { errorFields } from './error-fields';
import { type LogSettings } from './log-settings';
import { TextLines } from './text-lines';

/** Nest gives some errors as their stack. */
const STACK = /\n\s+at /;

/** What a line may say beside its words. Never what somebody wrote, never what a model said. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

/** Lines about a run say so. */
const RUN = /\bRun ([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\b/;

/** Who at every start tells of each module and route: for debugging. */
const CHATTY = new Set(['InstanceLoader', 'NestApplication', 'NestFactory', 'RouterExplorer', 'RoutesResolver']);

/** The log of the whole process, for Nest and for us: one line for each event. Written at once, so that a process that dies has said why. */
export class AppLogger implements LoggerService {
  private readonly logger: Logger;
  private replicaId: string | undefined;

  constructor(
    { level, format }: LogSettings,
    out: DestinationStream = pino.destination({ fd: 1, sync: true }),
    text: { write(text: string): unknown } = process.stderr,
  ) {
    this.logger = pino(
      {
        level,
        base: null,
        // Ours say less than pino's own.
        serializers: { err: (fields: unknown) => fields },
        timestamp: pino.stdTimeFunctions.isoTime,
        formatters: { level: (label) => ({ level: label }) },
        mixin: () => (this.replicaId === undefined ? {} : { replica_id: this.replicaId }),
      },
      format === 'json' ? out : new TextLines(text),
    );
  }

  /** From now on every line names the replica that this process is. */
  nameReplica(id: string): void {
    this.replicaId = id;
  }

  /** A line with fields of its own. */
  tell(level: Level, message: string, fields: LogFields = {}, context?: string): void {
    this.logger[level]({ ...(context === undefined ? {} : { context }), ...fields }, message);
  }

  log(message: unknown, ...rest: unknown[]): void {
    this.write(CHATTY.has(String(rest.at(-1))) ? 'debug' : 'info', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }

  /** Nest's order: message, then an error or a stack, then the name of who says it. */
  private write(level: Level, message: unknown, rest: readonly unknown[]): void {
    if (!this.logger.isLevelEnabled(level)) return;
    const texts = rest.filter((each) => typeof each === 'string');
    const context = texts.findLast((text) => !STACK.test(text));
    const stack = texts.find((text) => STACK.test(text));
    const error = [message, ...rest].find((each) => each instanceof Error) ?? (stack === undefined ? undefined : ofStack(stack));
    const words = typeof message === 'string' ? message : error ? 'An error' : `A message of the type ${typeof message}`;
    const runId = RUN.exec(words)?.[1];
    this.logger[level](
      {
        ...(context === undefined ? {} : { context }),
        ...(runId === undefined ? {} : { run_id: runId }),
        ...(error === undefined ? {} : { err: errorFields(error) }),
      },
      words,
    );
  }
}

/** What is left of an error of which only the stack came. */
function ofStack(stack: string): Error {
  const error = new Error(stack.slice(0, stack.search(STACK)));
  error.stack = stack;
  return error;
}
