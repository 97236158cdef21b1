/** Words, and signs that mean nothing in the middle of a line. */
const PLAIN = /^[\p{L}\p{N} ,;:.!?'"()-]*$/u;
/** A last word that is no part of an address, a name of a character or anything else that has a sign of its own in it. */
const PLAIN_WORD = /^[\p{L}\p{N},;:.!?'"()-]+$/u;
const LETTER = /\p{L}/u;
/** The beginning of an address. */
const ADDRESS = /www|https?:|ftp:|mailto:/i;
const MAX_LINE = 1_000;

/** Whether plain text after `source` is just more text of its last paragraph, in which nothing is open. */
export function endsPlain(source: string): boolean {
  const line = source.slice(Math.max(source.lastIndexOf('\n') + 1, source.length - MAX_LINE));
  const space = Math.max(line.lastIndexOf(' '), line.lastIndexOf('\t'));
  const word = line.slice(space + 1);
  // A line that has a letter before its last word is decided.
  return PLAIN_WORD.test(word) && !ADDRESS.test(word) && LETTER.test(line.slice(0, Math.max(0, space)));
}

/** Whether `added` needs no reading where a text ends plain. */
export function isPlain(added: string): boolean {
  return PLAIN.test(added) && !ADDRESS.test(added);
}
