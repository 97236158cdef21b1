import { type FailureReport } from '../errors/answer-fault';

/** How the answer is asked for. Some servers refuse what is standard elsewhere. */
export interface AskingStyle {
  readonly stream: boolean;
  /** `stream_options.include_usage` */
  readonly streamUsage: boolean;
}

export const FIRST_STYLE: AskingStyle = { stream: true, streamUsage: true };

/**
 * How to ask once more after a refusal that is about streaming and nothing else: first without `stream_options`, then without streaming.
 * Undefined when the refusal has another reason.
 */
export function easierStyle(style: AskingStyle, status: number, failure: FailureReport | undefined): AskingStyle | undefined {
  if (!style.stream || failure === undefined || ![400, 403, 404, 405, 415, 422, 501].includes(status)) return undefined;
  const said = `${failure.param} ${failure.message}`;
  if (style.streamUsage && /stream_options|include_usage/i.test(said)) return { stream: true, streamUsage: false };
  const refused = failure.param === 'stream' || (/\bstream/i.test(said) && /not\b|n't|unsupported|only|must|disabled|without/i.test(said));
  return refused ? { stream: false, streamUsage: false } : undefined;
}
