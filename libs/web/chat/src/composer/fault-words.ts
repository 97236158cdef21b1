import { type TextFault } from '@echo/contract';

/** Says why a text cannot be sent, and what to do. */
export function faultWords(fault: TextFault, text: string): string {
  switch (fault.code) {
    case 'empty':
      return 'Write something to send it.';
    case 'too_long':
      return `${format(fault.length)} of ${format(fault.max)} characters: shorten it by ${format(fault.length - fault.max)}.`;
    case 'nul_character':
      return `There is a NUL character (U+0000) in line ${lineAt(text, fault.index)}. It cannot be stored.`;
    case 'lone_surrogate':
      return `There is half of a character (a lone surrogate) in line ${lineAt(text, fault.index)}. It cannot be stored.`;
  }
}

/** Takes out every character that cannot be stored, and nothing else. */
export function withoutFaultyCharacters(text: string): string {
  return text.replaceAll(/\u0000|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '');
}

/** A number with its thousands set apart. */
export function format(count: number): string {
  return count.toLocaleString('en');
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}
