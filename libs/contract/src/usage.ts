import { type Cost } from './runs';

/** Days that one report covers at most. */
export const USAGE_DAYS = 366;

/** What many answers took together: completed, stopped, failed and interrupted ones. */
export interface UsageSum {
  readonly runs: number;
  readonly input_tokens: number;
  readonly output_tokens: number;
  /** Those of `input_tokens` that providers had in their caches. */
  readonly cached_tokens: number;
  /** Those of `output_tokens` that models only thought. */
  readonly reasoning_tokens: number;
  /** Runs whose tokens are a guess of ours. */
  readonly estimated_runs: number;
  /** Runs whose price nobody knew: `costs` are without them. */
  readonly unpriced_runs: number;
  /** Of each currency one. */
  readonly costs: readonly Cost[];
}

/** What all answers of a conversation took. */
export interface ConversationUsage {
  readonly input_tokens: number;
  readonly output_tokens: number;
  /** Whether some of the tokens are a guess of ours. */
  readonly estimated: boolean;
  /** Of each currency one; empty where nobody knows a price. */
  readonly costs: readonly Cost[];
}

export interface DayUsage extends UsageSum {
  /** `2026-01-31`, in UTC. */
  readonly day: string;
}

export interface ModelUsage extends UsageSum {
  /** Who answered, also in place of another. */
  readonly provider: string;
  readonly model: string;
}

export interface UserUsage extends UsageSum {
  readonly user_id: string;
  /** null: the account was deleted. */
  readonly name: string | null;
  readonly email: string | null;
}

/** `GET /api/usage` (`from`, `to`: days, both included; the last 30 days unless given): what the person who asks has used. */
export interface UsageReport {
  readonly from: string;
  readonly to: string;
  readonly total: UsageSum;
  /** Oldest first; days without a run are left out. */
  readonly days: readonly DayUsage[];
  /** Most output first. */
  readonly models: readonly ModelUsage[];
}

/** `GET /api/admin/usage` (`from`, `to`, `user`): what all have used, or one of them. */
export interface TeamUsageReport extends UsageReport {
  /** Most output first. */
  readonly users: readonly UserUsage[];
}
