/** What a `FaultProxy` does to one direction of its connections. Everything may be changed while bytes flow. */
export interface Toxics {
  /** Milliseconds that every byte is late. */
  latencyMs: number;
  /** Up to so many milliseconds more, by chance. The order stays. */
  jitterMs: number;
  /** Bytes that pass in a second, for each connection. */
  bytesPerSecond: number;
  /** Writes no more than this many bytes at once. */
  sliceBytes: number;
  /** After so many bytes of a connection it is … */
  after: { readonly bytes: number; readonly fate: 'reset' | 'cut' | 'silence' } | undefined;
}

/** Nothing happens to the bytes. */
export function noToxics(): Toxics {
  return { latencyMs: 0, jitterMs: 0, bytesPerSecond: Infinity, sliceBytes: Infinity, after: undefined };
}
