/** `GET /api/version` */
export interface ServerInfo {
  readonly name: 'EchoV2';
  readonly version: string;
  /** Characters that one message may have here. */
  readonly max_prompt_chars: number;
}

/** `GET /api/health/live` and `GET /api/health/ready` */
export interface Health {
  readonly status: 'ok' | 'unavailable';
  /** What is missing, in words; empty when nothing is. */
  readonly problems: readonly string[];
  /** What works less well than it should and is no reason to send requests elsewhere, in words. */
  readonly warnings: readonly string[];
}
