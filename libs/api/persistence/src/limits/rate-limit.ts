/** How much of something is allowed within some time. The time begins with the first use. */
export interface RateLimit {
  /** Tells its counters from those of other limits. */
  readonly name: string;
  readonly points: number;
  readonly seconds: number;
}

/** How a limit stands for one key. */
export interface RateStanding {
  /** Whether what was asked for is within the limit. */
  readonly isWithin: boolean;
  readonly remaining: number;
  /** Until all of it is there again; 0 where nothing was used. */
  readonly resetSeconds: number;
}
