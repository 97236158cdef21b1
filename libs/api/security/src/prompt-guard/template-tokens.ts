import { type TextFinding } from '@echo/contract';
import { templateTokensIn } from '@echo/contract/hidden-text';

const OPENING = '<s>';
const CLOSING = '</s>';

/** Finds the spellings of template tokens. `<s>` and `</s>` in pairs are how HTML strikes a text out, and are not told. */
export function findTemplateTokens(text: string): TextFinding[] {
  const found = templateTokensIn(text);
  const strikes = arePairs(found.map(({ token }) => token).filter(isStrike));
  return found
    .filter(({ token }) => !strikes || !isStrike(token))
    .map(({ index, token }) => ({ kind: 'template_token', index, length: token.length, count: 1 }));
}

function isStrike(token: string): boolean {
  return token === OPENING || token === CLOSING;
}

function arePairs(tokens: readonly string[]): boolean {
  return tokens.length % 2 === 0 && tokens.every((token, index) => token === (index % 2 === 0 ? OPENING : CLOSING));
}
