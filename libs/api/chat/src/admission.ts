import { checkMessage, lookAt, type LookedAt, Refusal, refusalOf, type Requester } from '@echo/api-security';
import { AuditLog, type PersonalLimits } from '@echo/api-persistence';
import { type TextFindings } from '@echo/contract';
import { Injectable } from '@nestjs/common';
import { Allowances } from './limits/allowances';
import { LiveRuns } from './runs/live-runs';
import { Replica } from './runs/replica';
import { ChatSettings } from './settings';

/** Decides what is let in. Nothing is ever changed on its way. */
@Injectable()
export class Admission {
  constructor(
    private readonly settings: ChatSettings,
    private readonly replica: Replica,
    private readonly runs: LiveRuns,
    private readonly audit: AuditLog,
    private readonly allowances: Allowances,
  ) {}

  /** Refuses a text that cannot be stored and sent as it is. Returns what is hidden in it. */
  look(text: string, pointer: string): TextFindings | null {
    checkMessage(text, this.settings.maxPromptChars, pointer);
    return this.settings.promptGuard === 'off' ? null : lookAt(text);
  }

  /** What is counted when the asker's next message is accepted; undefined: nothing. */
  limitsOf(asker: Requester): PersonalLimits | undefined {
    return this.allowances.limitsOf(asker);
  }

  /** Refuses what hides something, where the operator wants that, and everything while the server cannot take it. */
  async admit(asker: Requester, texts: readonly LookedAt[]): Promise<void> {
    const refusal = this.settings.promptGuard === 'block' ? refusalOf(texts) : undefined;
    if (refusal) {
      await this.audit.record(asker, { action: 'message.block', result: 'refused', detail: countsOf(texts) });
      throw refusal;
    }
    if (this.replica.isDraining) throw new Refusal('shutting_down', 'The server is about to restart. Try again in a moment.', {}, 5);
    if (!this.replica.isReady) throw new Refusal('storage_unavailable', 'The database is not available yet. Try again in a moment.', {}, 2);
    if (this.runs.size >= this.settings.maxLiveRuns + this.settings.maxQueuedRuns) {
      throw new Refusal('overloaded', 'The server is answering as many messages as it can. Try again in a moment.', {}, 5);
    }
  }
}

/** For the audit log: how much, and nothing of what. */
function countsOf(texts: readonly LookedAt[]): string {
  const sum = (count: (findings: TextFindings) => number) => texts.reduce((all, { findings }) => all + (findings ? count(findings) : 0), 0);
  return `hidden characters ${sum((each) => each.hidden_characters)}, template tokens ${sum((each) => each.template_tokens)}`;
}
