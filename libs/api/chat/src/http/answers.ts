import { Refusal, type Requester, sessionEnded, Standing } from '@echo/api-security';
import { MessageStore, RunStore } from '@echo/api-persistence';
import { type ChatResponse, isLive, type RunErrorCode } from '@echo/contract';
import { Injectable } from '@nestjs/common';
import { type Request } from 'express';
import { lastValueFrom, takeUntil, tap } from 'rxjs';
import { ChatService, type Started } from '../chat.service';
import { tellAllowances } from '../limits/allowance-headers';
import { endOfStay } from './end-of-stay';

/** Codes of runs that failed because the provider did not answer in time. */
const TIMEOUTS: readonly RunErrorCode[] = ['provider_timeout'];
/** Codes of runs that ended from our side. */
const OURS: readonly RunErrorCode[] = ['interrupted', 'storage_unavailable', 'overloaded', 'internal_error'];

/** Gives a run's answer as one JSON object, for those who do not stream. */
@Injectable()
export class Answers {
  constructor(
    private readonly chat: ChatService,
    private readonly runs: RunStore,
    private readonly messages: MessageStore,
    private readonly standing: Standing,
  ) {}

  /** The answer of a run that was just asked for. */
  begin(request: Request, asker: Requester, { runId, allowances }: Started): Promise<ChatResponse> {
    tellAllowances(request.res, allowances);
    return this.of(asker, runId);
  }

  /** Waits for the end of the run. A run that failed is a `Refusal` that carries the text which came. */
  async of(asker: Requester, runId: string): Promise<ChatResponse> {
    let run = await this.runs.find(asker.userId, runId);
    if (isLive(run.status)) {
      await this.end(asker, runId);
      run = await this.runs.find(asker.userId, runId);
    }
    const message = await this.messages.find(asker.userId, run.messageId);
    const ids = { run_id: run.id, conversation_id: run.conversationId, message_id: run.messageId };
    if (!run.finishReason || !run.usage) {
      const error = run.error ?? { code: 'internal_error' as const, message: 'The answer ended early.', retryable: true };
      const code = TIMEOUTS.includes(error.code) ? 'provider_timeout' : OURS.includes(error.code) ? 'interrupted' : 'provider_failed';
      throw new Refusal(
        code,
        error.message,
        { ...ids, partial: message.content, run_error: error.code },
        code === 'interrupted' ? 5 : undefined,
      );
    }
    const findings = await this.messages.findingsBefore(asker.userId, message);
    return {
      response: message.content,
      model: run.usedModel ?? run.model,
      provider: run.usedProvider ?? run.provider,
      conversation_id: run.conversationId,
      message_id: run.messageId,
      run_id: run.id,
      finish_reason: run.finishReason,
      usage: run.usage,
      cost: run.cost,
      ...(findings === null ? {} : { findings }),
    };
  }

  private async end(asker: Requester, runId: string): Promise<void> {
    let mayStay = true;
    const left = endOfStay(this.standing, asker).pipe(tap(() => (mayStay = false)));
    await lastValueFrom(this.chat.follow(asker, runId).pipe(takeUntil(left)), { defaultValue: undefined });
    if (!mayStay) throw sessionEnded();
  }
}
