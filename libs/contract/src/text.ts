/** What is wrong with a text that a person typed, and where. */
export type TextFault =
  | { readonly code: 'empty' }
  | { readonly code: 'too_long'; readonly length: number; readonly max: number }
  | { readonly code: 'nul_character' | 'lone_surrogate'; /** Index in UTF-16 units. */ readonly index: number };

/** Counts code points, which is what every limit counts. */
export function countChars(text: string): number {
  let pairs = 0;
  for (let index = 0; index < text.length - 1; index++) {
    if (isHigh(text.charCodeAt(index)) && isLow(text.charCodeAt(index + 1))) {
      pairs++;
      index++;
    }
  }
  return text.length - pairs;
}

/** The first reason why `text` cannot be accepted as a message of at most `max` characters. White space alone is empty; nothing is ever trimmed. */
export function findTextFault(text: string, max: number): TextFault | undefined {
  if (text.trim() === '') return { code: 'empty' };
  return findCharacterFault(text) ?? findLengthFault(text, max);
}

/** The first character that cannot be stored and sent unchanged: U+0000 or half of a surrogate pair. */
export function findCharacterFault(text: string): TextFault | undefined {
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit === 0) return { code: 'nul_character', index };
    if (isHigh(unit)) {
      if (!isLow(text.charCodeAt(index + 1))) return { code: 'lone_surrogate', index };
      index++;
    } else if (isLow(unit)) {
      return { code: 'lone_surrogate', index };
    }
  }
  return undefined;
}

function findLengthFault(text: string, max: number): TextFault | undefined {
  if (text.length <= max) return undefined;
  const length = countChars(text);
  return length > max ? { code: 'too_long', length, max } : undefined;
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}
