/** A tab of a browser that Playwright does not drive: as much of it as the main path needs. */
export interface OtherBrowser {
  open(url: string): Promise<void>;
  /** The value of an expression in the page; something that JSON can hold. */
  evaluate(expression: string): Promise<unknown>;
  /** Types into whatever has the focus. `\n` is Enter, `\x1b` Escape. */
  type(text: string): Promise<void>;
  /** What went wrong in the pages so far, as far as the browser tells. */
  faults(): Promise<readonly string[]>;
  stop(): Promise<void>;
}
