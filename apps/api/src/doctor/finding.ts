/** `ok`: as it should be. `note`: works, and could be better. `fault`: does not work until somebody does what the words say. */
export type FindingState = 'ok' | 'note' | 'fault';

/** What one look found. */
export interface Finding {
  readonly state: FindingState;
  /** What was looked at. */
  readonly about: string;
  /** What it is like and, where it is not as it should be, what to do. */
  readonly words: string;
}

export const ok = (about: string, words: string): Finding => ({ state: 'ok', about, words });
export const note = (about: string, words: string): Finding => ({ state: 'note', about, words });
export const fault = (about: string, words: string): Finding => ({ state: 'fault', about, words });

/** One line, the state first. */
export function lineOf({ state, about, words }: Finding): string {
  return `${state.padEnd(5)}  ${about}: ${words}`;
}
