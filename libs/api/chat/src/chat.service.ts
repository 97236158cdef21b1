import { type LookedAt, Refusal, type Requester } from '@echo/api-security';
import { type AskedModel, ModelRegistry, UnknownModelError, UnknownProviderError } from '@echo/api-providers';
import {
  type AcceptedRun,
  ConversationStore,
  MessageStore,
  type MessageWithRun,
  type NewRun,
  RunInProgressError,
  RunStore,
} from '@echo/api-persistence';
import {
  type Allowance,
  type ChatRequest,
  type ContinueRequest,
  type ConversationChatRequest,
  isLive,
  type RegenerateRequest,
  type Run,
  type SequencedEvent,
} from '@echo/contract';
import { Injectable } from '@nestjs/common';
import { type Observable } from 'rxjs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Admission } from './admission';
import { impossible, isRowId } from './ids';
import { requestHash } from './request-hash';
import { LiveRun } from './runs/live-run';
import { LiveRuns } from './runs/live-runs';
import { overflow, Question } from './runs/question';
import { Replica } from './runs/replica';
import { type Pace, RunFollower } from './runs/run-follower';
import { newRunId } from './runs/run-id';
import { Runner } from './runs/runner';
import { titleOf } from './title';
import { runOf } from './views';

/** Milliseconds that a request waits for a run whose stop was asked for. */
const STOPPING_MS = 2_000;
/** Milliseconds between two looks at a run that another replica makes. */
const LOOK_MS = 50;

type Choice = { readonly provider?: string | null; readonly model?: string | null };
type Plan = Pick<NewRun, 'turn' | 'title' | 'idempotency'> & {
  /** The texts that come with it. */
  readonly looked: readonly LookedAt[];
};

/** A run that was accepted, now or earlier under the same key. */
export interface Started {
  readonly runId: string;
  /** What its sender may still do; empty where nothing was counted. */
  readonly allowances: readonly Allowance[];
}

/** Takes what people say, has it answered, and stops answers. */
@Injectable()
export class ChatService {
  constructor(
    private readonly registry: ModelRegistry,
    private readonly conversations: ConversationStore,
    private readonly messages: MessageStore,
    private readonly store: RunStore,
    private readonly runs: LiveRuns,
    private readonly runner: Runner,
    private readonly follower: RunFollower,
    private readonly replica: Replica,
    private readonly admission: Admission,
  ) {}

  /** Accepts a prompt. When this returns, it is stored and being answered. */
  async ask(asker: Requester, request: ChatRequest, key: string | undefined): Promise<Started> {
    const findings = this.admission.look(request.prompt, '/prompt');
    const conversationId = request.conversation_id ?? undefined;
    const parentId = request.parent_id;
    if (conversationId !== undefined && !isRowId(conversationId)) throw impossible('conversation');
    if (typeof parentId === 'number' && (!isRowId(parentId) || conversationId === undefined)) throw impossible('message');
    return this.accept(asker, await this.choiceFor(asker, request, conversationId), {
      title: titleOf(request.prompt),
      turn: { kind: 'prompt', conversationId, parentId, prompt: request.prompt, findings },
      looked: [{ pointer: '/prompt', findings }],
      idempotency: idempotency(key, 'chat', request),
    });
  }

  /** Accepts an exchange that the client gives whole, as a new conversation. */
  async askAll(asker: Requester, request: ConversationChatRequest, key: string | undefined): Promise<Started> {
    const messages = request.messages.map(({ role, content }, index) => {
      const pointer = `/messages/${index}/content`;
      return { role, content, pointer, findings: this.admission.look(content, pointer) };
    });
    const last = request.messages.at(-1);
    if (last?.role !== 'user') {
      const pointer = `/messages/${Math.max(0, request.messages.length - 1)}/role`;
      throw Refusal.ofFields([
        { pointer, code: 'invalid_value', detail: 'The last message must be the user’s: it is the one that is answered.' },
      ]);
    }
    return this.accept(asker, request, {
      title: titleOf((request.messages.find((message) => message.role === 'user') ?? last).content),
      turn: { kind: 'messages', messages: messages.map(({ role, content, findings }) => ({ role, content, findings })) },
      looked: messages,
      idempotency: idempotency(key, 'chat/conversation', request),
    });
  }

  /** Makes another answer beside the message (or, for a user's message, below it). */
  async regenerate(asker: Requester, messageId: number, request: RegenerateRequest, key: string | undefined): Promise<Started> {
    return this.answerAgain(asker, await this.messages.find(asker.userId, messageId), 'regenerate', request, key);
  }

  /** Makes another answer beside the message, that begins with its text and goes on from there. */
  async continue(asker: Requester, messageId: number, request: ContinueRequest, key: string | undefined): Promise<Started> {
    const message = await this.messages.find(asker.userId, messageId);
    const reason = whyNotToContinue(message);
    if (reason) throw new Refusal('cannot_continue', reason);
    return this.answerAgain(asker, message, 'continue', request, key);
  }

  /** The asker's run. Throws when there is none. */
  async find(asker: Requester, runId: string): Promise<Run> {
    return runOf(await this.store.find(asker.userId, runId));
  }

  /** What the run says, to its end, for one viewer. Leaving ends nothing but the showing. */
  follow(asker: Requester, runId: string, after = 0, pace?: Pace): Observable<SequencedEvent> {
    return this.follower.follow({ id: runId, ownerId: asker.userId }, after, pace);
  }

  /** Whether there is anything after `after`. Throws when there was and it is gone. */
  async hasMore(asker: Requester, runId: string, after: number): Promise<boolean> {
    return this.follower.hasMore(await this.store.find(asker.userId, runId), after);
  }

  /** Ends the asker's run; what was said is kept. A run that has ended stays as it is. */
  async stop(asker: Requester, runId: string): Promise<Run> {
    const mine = await this.store.find(asker.userId, runId);
    // In memory first: the provider's socket closes at once, also when the database does not answer.
    const live = this.runs.get(mine.id);
    live?.stop('person');
    const deadline = performance.now() + STOPPING_MS;
    let run = await this.store.requestStop(asker.userId, mine.id);
    if (live) {
      await Promise.race([live.ended, sleep(STOPPING_MS)]);
      run = await this.store.find(asker.userId, mine.id);
    }
    while (isLive(run.status) && performance.now() < deadline) {
      await sleep(LOOK_MS);
      run = await this.store.find(asker.userId, mine.id);
    }
    return runOf(run);
  }

  /** By the model that answered before, unless another one is named or that one is gone. */
  private async answerAgain(
    asker: Requester,
    { id: messageId, conversationId, provider, model }: MessageWithRun,
    kind: 'regenerate' | 'continue',
    request: RegenerateRequest,
    key: string | undefined,
  ): Promise<Started> {
    const choice = request.provider || request.model ? request : await this.stillKnown(asker, { provider, model });
    return this.accept(asker, choice, {
      title: '',
      turn: { kind, conversationId, messageId },
      looked: [],
      idempotency: idempotency(key, `messages/${messageId}/${kind}`, request),
    });
  }

  private async accept(asker: Requester, choice: Choice, { looked, ...plan }: Plan): Promise<Started> {
    const { userId: ownerId } = asker;
    if (plan.idempotency) {
      const earlier = await this.store.findByKey(ownerId, plan.idempotency);
      if (earlier) return { runId: earlier, allowances: [] };
    }
    await this.admission.admit(asker, looked);
    // From here on a shutdown waits for it.
    const id = newRunId();
    this.runs.announce(id);
    try {
      const asked = await this.registry.resolve(choice.provider, choice.model, asker.role);
      const { provider, model, languageModel, contextLength } = asked;
      if (plan.turn.kind === 'continue' && !languageModel.continues) {
        throw new Refusal('cannot_continue', `${model} cannot go on from where an answer ended. Regenerate it, or choose another model.`);
      }
      const accepted = await this.acceptOnceFree({
        ...plan,
        limits: this.admission.limitsOf(asker),
        id,
        ownerId,
        replicaId: this.replica.id,
        provider,
        model,
        overflow: (past) => overflow(past, contextLength),
      });
      if (accepted.existing) return { runId: accepted.runId, allowances: [] };
      this.begin(accepted, asked);
      return { runId: id, allowances: accepted.allowances };
    } finally {
      this.runs.forget(id);
    }
  }

  /** A run of the same conversation that is just being stopped is waited for. */
  private async acceptOnceFree(run: NewRun): Promise<AcceptedRun> {
    for (const deadline = performance.now() + STOPPING_MS; ;) {
      try {
        return await this.store.accept(run);
      } catch (error) {
        // Only a run that ends at once is worth waiting for; everything else is the caller's to hear.
        if (!(error instanceof RunInProgressError) || !error.stopping || performance.now() > deadline) throw error;
        await Promise.race([this.runs.get(error.runId)?.ended ?? sleep(LOOK_MS), sleep(STOPPING_MS)]);
      }
    }
  }

  private begin(accepted: Extract<AcceptedRun, { existing: false }>, asked: AskedModel): void {
    const run = new LiveRun(accepted.start, accepted.prefix);
    this.runs.add(run);
    void this.runner.make(run, asked, new Question(accepted));
  }

  /** A conversation goes on with the model it had, unless another one is named or that one is gone. */
  private async choiceFor(asker: Requester, request: Choice, conversationId: number | undefined): Promise<Choice> {
    if (request.provider || request.model || conversationId === undefined) return request;
    const { provider, model } = await this.conversations.find(asker.userId, conversationId);
    return this.stillKnown(asker, { provider, model });
  }

  private async stillKnown({ role }: Requester, choice: Choice): Promise<Choice> {
    try {
      await this.registry.resolve(choice.provider, choice.model, role);
      return choice;
    } catch (error) {
      if (error instanceof UnknownProviderError || error instanceof UnknownModelError) return {};
      throw error;
    }
  }
}

function idempotency(key: string | undefined, route: string, request: object): NewRun['idempotency'] {
  return key === undefined ? undefined : { key, requestHash: requestHash(route, request) };
}

/** Why there is nothing to go on from; undefined where there is. An answer that is being made is another refusal. */
function whyNotToContinue({ role, status, content, finishReason }: MessageWithRun): string | undefined {
  if (role !== 'assistant') return 'This is not an answer. Continue the answer below it.';
  if (isLive(status)) return undefined;
  if (content === '') return 'Nothing of this answer came. Regenerate it.';
  return status === 'completed' && finishReason !== 'length' ? 'This answer is complete. Ask for more, or regenerate it.' : undefined;
}
