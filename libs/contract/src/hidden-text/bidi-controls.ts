/** Characters that turn the direction of the text around them, so that it reads as something else than it is (Trojan Source, CVE-2021-42574). */

const CONTROL = /^[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]$/;
const MARK = /^[\u061C\u200E\u200F]$/;
const NUMERIC = /[\p{Nd}\p{Sc}%+−-]/u;
const RIGHT_TO_LEFT =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}\p{Script=Hanifi_Rohingya}]/u;

/** Embeddings, overrides, isolates and marks. */
export function isBidiControl(char: string): boolean {
  return CONTROL.test(char);
}

/** Whether a run is one mark or two, which in a text with right-to-left script, or beside a number, put punctuation where it belongs. Overrides and isolates are told wherever they stand. */
export function areMarks(run: readonly string[]): boolean {
  return run.length <= 2 && run.every((char) => MARK.test(char));
}

/** Whether a character belongs to a number, a price or a share. */
export function isNumeric(char: string): boolean {
  return NUMERIC.test(char);
}

/** Whether a text has letters of a script that is written from right to left. */
export function hasRightToLeft(text: string): boolean {
  return RIGHT_TO_LEFT.test(text);
}
