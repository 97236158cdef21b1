import { type RunEnd } from '@echo/api-persistence';
import { type Cost, type FinishReason, type RunError, type RunErrorCode, type RunEvent, type Usage } from '@echo/contract';
import { type LiveRun } from './live-run';
import { type Progress } from './progress';
import { type Speaker } from './speaker';

/** How the making ended, before it is stored. */
export type Outcome =
  | {
      readonly status: 'completed' | 'stopped';
      readonly finishReason: FinishReason;
      /** Absent when the provider gave no figures. */
      readonly usage?: Usage;
      /** The name that the provider gives the model which answered. */
      readonly model?: string;
    }
  | { readonly status: 'failed' | 'interrupted'; readonly error: RunError };

/** What a run took, and what that costs. */
export interface Bill {
  readonly usage: Usage;
  /** null when nobody knows the price. */
  readonly cost: Cost | null;
}

/** Troubles before which no model read the question: nothing was used. */
const UNREAD: ReadonlySet<RunErrorCode> = new Set<RunErrorCode>([
  'provider_auth',
  'provider_quota',
  'provider_rate_limited',
  'provider_overloaded',
  'provider_context_length',
  'provider_not_found',
  'provider_bad_request',
  'provider_server_error',
  'provider_unreachable',
]);

/** The provider's figures, else a guess from what was given and said. */
export function billOf(outcome: Outcome, progress: Progress, speaker: Speaker): Bill {
  const { usage, model } = 'finishReason' in outcome ? outcome : { usage: undefined, model: undefined };
  const bill = usage ?? guess(outcome, progress, speaker);
  return { usage: bill, cost: speaker.model.cost(bill, model) };
}

function guess(outcome: Outcome, progress: Progress, speaker: Speaker): Usage {
  const isRead = speaker.wasAsked && (progress.hasText || !('error' in outcome && UNREAD.has(outcome.error.code)));
  return { input_tokens: isRead ? speaker.tokensRead : 0, output_tokens: progress.tokens, estimated: true };
}

/** As it is stored. */
export function endOf(progress: Progress, speaker: Speaker, outcome: Outcome, bill: Bill, events: RunEnd['events']): RunEnd {
  const { model, fallbackReason, memoryAfter } = speaker;
  return {
    status: outcome.status,
    events,
    finishReason: 'finishReason' in outcome ? outcome.finishReason : null,
    usage: bill.usage,
    cost: bill.cost,
    error: 'error' in outcome ? outcome.error : null,
    usedProvider: model.provider,
    usedModel: model.model,
    fallbackReason,
    memoryAfter,
    firstContentAt: progress.firstContentAt,
    answerBeganAt: progress.answerBeganAt,
  };
}

/** As it is shown. */
export function terminalEvent(run: LiveRun, progress: Progress, outcome: Outcome, { usage, cost }: Bill): RunEvent {
  if ('error' in outcome) {
    const { message, code, retryable } = outcome.error;
    return { type: 'error', message, code, retryable, partial: progress.hasContent };
  }
  const { finishReason: finish_reason } = outcome;
  return { type: 'done', finish_reason, usage, ...(cost === null ? {} : { cost }), conversation_id: run.start.conversation_id };
}
