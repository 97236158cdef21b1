/** Unicode tags: an invisible ASCII. Their one use today is the flags of England, Scotland and Wales. */
const BLACK_FLAG = '\u{1F3F4}';
const FLAGS = ['gbeng', 'gbsct', 'gbwls'].map((region) => `${toTags(region)}\u{E007F}`);

/** Whether a character is a tag. */
export function isTag(char: string): boolean {
  const code = char.codePointAt(0) ?? 0;
  return code >= 0xe0000 && code <= 0xe007f;
}

/** UTF-16 units at the beginning of `run` that make a flag of what stands before it. Only the three flags that keyboards offer: any other could carry words. */
export function flagLength(before: string, run: string): number {
  return before === BLACK_FLAG ? (FLAGS.find((flag) => run.startsWith(flag))?.length ?? 0) : 0;
}

/** What tags say, in ASCII; characters that are no tags are left out. */
export function readTags(text: string): string {
  let said = '';
  for (const char of text) {
    const code = (char.codePointAt(0) ?? 0) - 0xe0000;
    if (code >= 0x20 && code < 0x7f) said += String.fromCharCode(code);
  }
  return said;
}

function toTags(ascii: string): string {
  return String.fromCodePoint(...[...ascii].map((char) => 0xe0000 + char.charCodeAt(0)));
}
