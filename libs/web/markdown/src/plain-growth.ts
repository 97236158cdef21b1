/** Words, and signs that mean nothing in the middle of a line. */
const PLAIN = /^[\p{L}\p{N} ,;:.!?'"()-]*$/u;
/** A line that has a letter before its last word is decided; the word is no part of an address, a name of a character or anything else that has a sign of its own in it. */
const ENDS_PLAIN = /\p{L}[^\n]*[^\S\n][\p{L}\p{N},;:.!?'"()-]+$/u;
/** The beginning of an address. */
const ADDRESS = /www|https?:|ftp:|mailto:/i;
const MAX_LINE = 1_000;

/** Whether plain text after `source` is just more text of its last paragraph, in which nothing is open. */
export function endsPlain(source: string): boolean {
  const end = source.slice(-MAX_LINE);
  return ENDS_PLAIN.test(end) && !ADDRESS.test(end.slice(end.search(/\S+$/)));
}

/** Whether `added` needs no reading where a text ends plain. */
export function isPlain(added: string): boolean {
  return PLAIN.test(added) && !ADDRESS.test(added);
}
