/** A request and its answer, as far as it came. */
export interface Exchange {
  /** Empty, as `path`, where the request was no HTTP. */
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  /** Whether the body came to its end. */
  readonly isWhole: boolean;
}
