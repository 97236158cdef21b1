/** Words, and signs that mean nothing in the middle of a line. */
const PLAIN = /^[\p{L}\p{N} ,;:.!?'"()-]*$/u;
/** The beginning of an address. */
const ADDRESS = /www|https?:|ftp:|mailto:/i;

/** Whether `text`, in the middle of a paragraph, is nothing but words. */
export function isPlain(text: string): boolean {
  return PLAIN.test(text) && !ADDRESS.test(text);
}
