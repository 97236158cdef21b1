/** One thing that the scripted server does. Headers leave with the first `write`; a script that runs out ends the answer cleanly. */
export type ScriptStep =
  /** Sends bytes, `times` times (Infinity: until the client leaves), heeding back-pressure. `write: ''` sends the headers only. */
  | { readonly write: string | Uint8Array; readonly times?: number }
  /** Does nothing for so many milliseconds. */
  | { readonly wait: number }
  /** Does nothing until the test calls `release()` of the request. */
  | { readonly hold: true }
  /** Does nothing more until the client leaves. */
  | { readonly stall: true }
  /** Resets the connection (RST). The client may then lose what it has not read yet: `wait` or `hold` before it. */
  | { readonly reset: true }
  /** Closes the connection (FIN) without the end that HTTP requires. */
  | { readonly cut: true }
  /** Ends the answer cleanly. */
  | { readonly end: true };

/** An answer as data. */
export interface ScriptedAnswer {
  /** 200 unless given. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly steps: readonly ScriptStep[];
  /** Cuts every `write` into reads of this many bytes; `bytes`: one by one. */
  readonly split?: 'bytes' | number;
}
