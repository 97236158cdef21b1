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

/** An event of `GET /health/stream`: some small ones at a steady pace, to see whether what lies between gathers them. */
export interface FlowEvent {
  /** 1 is the first. */
  readonly number: number;
  /** How many there are in all. */
  readonly of: number;
  /** Milliseconds since the first was sent. */
  readonly sent_ms: number;
}
