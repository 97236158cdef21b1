export const LOG_LEVELS = ['error', 'warn', 'info', 'debug'] as const;
export const LOG_FORMATS = ['text', 'json'] as const;

/** What is logged, and how it looks. */
export interface LogSettings {
  readonly level: (typeof LOG_LEVELS)[number];
  /** `json`: one object in a line, for programs; `text`: for people. */
  readonly format: (typeof LOG_FORMATS)[number];
}
