import { AllowanceStore, type PersonalLimits } from '@echo/api-persistence';
import { type Requester } from '@echo/api-security';
import { type AllowanceList } from '@echo/contract';
import { Injectable } from '@nestjs/common';
import { ChatSettings } from '../settings';

/** What each person may do. Where there are no accounts, nothing is counted. */
@Injectable()
export class Allowances {
  constructor(
    private readonly settings: ChatSettings,
    private readonly store: AllowanceStore,
  ) {}

  /** The limits that hold for whoever asks: each key has its own count of messages, all of a person's live runs are one. */
  limitsOf({ via, keyId }: Requester): PersonalLimits | undefined {
    const { perPerson } = this.settings;
    if (perPerson === undefined || via === 'none') return undefined;
    return { ...perPerson, bucket: keyId === undefined ? 'person' : `key ${keyId}` };
  }

  async of(asker: Requester): Promise<AllowanceList> {
    const limits = this.limitsOf(asker);
    return { allowances: limits === undefined ? [] : await this.store.look(asker.userId, limits) };
  }
}
