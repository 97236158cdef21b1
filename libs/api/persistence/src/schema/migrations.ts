import { type MigrationInterface } from 'typeorm';
import { FirstLight1764000000000 } from '../migrations/1764000000000-first-light';
import { Providers1764200000000 } from '../migrations/1764200000000-providers';
import { Audit1764300000000 } from '../migrations/1764300000000-audit';
import { Accounts1764350000000 } from '../migrations/1764350000000-accounts';
import { SingleSignOn1764450000000 } from '../migrations/1764450000000-single-sign-on';
import { RateLimits1764500000000 } from '../migrations/1764500000000-rate-limits';
import { PromptFindings1764550000000 } from '../migrations/1764550000000-prompt-findings';
import { MessageAllowance1764560000000 } from '../migrations/1764560000000-message-allowance';
import { Ledger1764600000000 } from '../migrations/1764600000000-ledger';
import { AnswerBegan1764650000000 } from '../migrations/1764650000000-answer-began';

/** A change of the schema, as TypeORM runs it. */
export type Migration = new () => MigrationInterface;

/**
 * Every change of the schema, oldest first. From 0.1.0 on one may only add what the release before it can live beside (expand); what nobody reads any more
 * is taken away a release later (contract).
 */
export const MIGRATIONS: readonly Migration[] = [
  FirstLight1764000000000,
  Providers1764200000000,
  Audit1764300000000,
  Accounts1764350000000,
  SingleSignOn1764450000000,
  RateLimits1764500000000,
  PromptFindings1764550000000,
  MessageAllowance1764560000000,
  Ledger1764600000000,
  AnswerBegan1764650000000,
];

/** Where TypeORM notes what it ran. */
export const MIGRATIONS_TABLE = 'migration';
