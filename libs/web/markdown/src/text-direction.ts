import { type Inline } from './nodes';

const LETTER = /\p{L}/u;
/** The scripts that are written from right to left today. */
const FROM_RIGHT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

/** The direction of the first letter in these texts, as browsers find it out for `dir="auto"`; undefined where there is none. */
export function directionOf(texts: Iterable<readonly Inline[]>): 'ltr' | 'rtl' | undefined {
  for (const text of texts) {
    const letter = firstLetter(text);
    if (letter !== undefined) return FROM_RIGHT.test(letter) ? 'rtl' : 'ltr';
  }
  return undefined;
}

function firstLetter(nodes: readonly Inline[]): string | undefined {
  for (const node of nodes) {
    // Code and formulas are written from left to right whatever stands around them.
    const letter = node.kind === 'text' ? LETTER.exec(node.text)?.[0] : 'children' in node ? firstLetter(node.children) : undefined;
    if (letter !== undefined) return letter;
  }
  return undefined;
}
