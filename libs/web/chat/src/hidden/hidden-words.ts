import { type TextFinding, type TextFindings } from '@echo/contract';
import { readTags } from '@echo/contract/hidden-text';
import { format } from '../composer/fault-words';

/** Characters before a place that show where it is. */
const CONTEXT = 24;
/** Characters of one place that are named one by one. */
const MAX_NAMED = 6;

/** One place, as it is shown: the text before it, and what is there. */
export interface ShownPlace {
  readonly before: string;
  readonly words: string;
}

/** `16 hidden characters, 2 template tokens` */
export function countWords({ hidden_characters: hidden, template_tokens: tokens }: Omit<TextFindings, 'places'>): string {
  const parts = [
    hidden > 0 ? `${format(hidden)} hidden character${hidden === 1 ? '' : 's'}` : '',
    tokens > 0 ? `${format(tokens)} template token${tokens === 1 ? '' : 's'}` : '',
  ];
  return parts.filter((part) => part !== '').join(', ');
}

export function placeOf(text: string, finding: TextFinding): ShownPlace {
  const from = Math.max(0, finding.index - CONTEXT);
  const before = [...text.slice(from, finding.index)].filter((char) => !/[\uD800-\uDFFF]/.test(char) || char.length === 2).join('');
  return { before: from > 0 ? `…${before}` : before, words: wordsOf(text.slice(finding.index, finding.index + finding.length), finding) };
}

function wordsOf(hidden: string, { kind, count }: TextFinding): string {
  if (kind === 'template_token') return hidden.trim();
  const said = kind === 'tag_characters' ? readTags(hidden) : '';
  if (said !== '') return `“${said}” in ${count === 1 ? 'a Unicode tag' : 'Unicode tags'}`;
  const names = [...hidden]
    .slice(0, MAX_NAMED)
    .map((char) => `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`);
  return `${names.join(' ')}${count > MAX_NAMED ? ` and ${format(count - MAX_NAMED)} more` : ''}`;
}
