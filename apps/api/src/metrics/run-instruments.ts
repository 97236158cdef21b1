import { Counter, Histogram, type Registry } from 'prom-client';

const SECONDS_TO_FIRST_WORD = [0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 30, 60];
const SECONDS_BETWEEN_WORDS = [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60];
const SECONDS_OF_AN_ANSWER = [0.5, 1, 2, 5, 10, 30, 60, 120, 300, 900];
const SECONDS_OF_A_FLUSH = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5];
const CHARS_OF_A_FLUSH = [16, 64, 256, 1024, 4096, 16_384, 65_536];

export type RunInstruments = ReturnType<typeof runInstruments>;

/** What is counted and measured about answers. Providers are labels, models are not: there may be thousands. */
export function runInstruments(registry: Registry) {
  const registers = [registry];
  const counter = <Label extends string>(name: string, help: string, ...labelNames: Label[]): Counter<Label> =>
    new Counter({ name, help, labelNames, registers });
  const histogram = <Label extends string>(name: string, help: string, buckets: number[], ...labelNames: Label[]): Histogram<Label> =>
    new Histogram({ name, help, buckets, labelNames, registers });
  return {
    begun: counter('echo_runs_started_total', 'Answers that began to be made.', 'provider'),
    ended: counter('echo_runs_ended_total', 'Answers that ended, by how.', 'provider', 'outcome'),
    errors: counter('echo_run_errors_total', 'Answers that failed or were interrupted, by why.', 'provider', 'code'),
    tokens: counter('echo_tokens_total', 'Tokens of answers that ended; estimated where a provider tells none.', 'provider', 'direction'),
    firstContent: histogram(
      'echo_first_content_seconds',
      'From the beginning of an answer to its first word.',
      SECONDS_TO_FIRST_WORD,
      'provider',
    ),
    longestGap: histogram(
      'echo_longest_gap_seconds',
      'The longest pause between two pieces of one answer.',
      SECONDS_BETWEEN_WORDS,
      'provider',
    ),
    duration: histogram('echo_run_seconds', 'From the beginning of an answer to its end.', SECONDS_OF_AN_ANSWER, 'provider'),
    flush: histogram('echo_flush_seconds', 'Time of a group commit, tries included.', SECONDS_OF_A_FLUSH),
    flushChars: histogram('echo_flush_chars', 'Characters in a group commit.', CHARS_OF_A_FLUSH),
    flushEvents: counter('echo_flush_events_total', 'Events that were stored.'),
    flushFailures: counter('echo_flush_failures_total', 'Tries of a group commit that were not stored.'),
    droppedReaders: counter('echo_dropped_readers_total', 'Viewers that did not read and were dropped.'),
  };
}
