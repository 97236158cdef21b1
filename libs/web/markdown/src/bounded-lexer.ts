import { Lexer, Tokenizer, type Token, type Tokens, type TokensList } from 'marked';

/** Quotes, lists, emphasis and links inside one another; deeper markup is shown as text. */
const MAX_DEPTH = 32;
/** `*` and `_` runs in one paragraph. marked's time grows with their square (9,600 characters of `*a **b`: one second). */
const MAX_DELIMITERS = 256;
/** Characters of one paragraph that are searched for markup. */
const MAX_INLINE = 50_000;
/** Cells marked may add to fill short table rows: 40 kB can ask for a million. */
const MAX_PADDING = 2_000;

/** Link definitions by normalised label, as marked keeps them. */
export type Definitions = TokensList['links'];

/** marked's lexer with bounds on depth and on work that is not proportional to the text. */
class BoundedLexer extends Lexer {
  private depth = 0;

  override blockTokens(src: string, tokens?: Token[], lastParagraphClipped?: boolean): Token[];
  override blockTokens(src: string, tokens?: TokensList, lastParagraphClipped?: boolean): TokensList;
  override blockTokens(src: string, tokens: Token[] = [], lastParagraphClipped = false): Token[] {
    if (this.depth < MAX_DEPTH) return this.deeper(() => super.blockTokens(src, tokens, lastParagraphClipped));
    this.state.top = true;
    if (src) tokens.push(textToken(src));
    return tokens;
  }

  override inlineTokens(src: string, tokens: Token[] = []): Token[] {
    if (this.depth < MAX_DEPTH && src.length <= MAX_INLINE && !hasManyDelimiters(src)) {
      return this.deeper(() => super.inlineTokens(src, tokens));
    }
    tokens.push(textToken(src));
    return tokens;
  }

  private deeper<T>(work: () => T): T {
    this.depth++;
    try {
      return work();
    } finally {
      this.depth--;
    }
  }
}

class BoundedTokenizer extends Tokenizer {
  override table(src: string): Tokens.Table | undefined {
    return pads(src) ? undefined : super.table(src);
  }
}

/**
 * Reads `source`, which is a whole text or starts at a block. What marked cannot read comes back as one `text` token.
 * @param definitions link definitions that stand before `source`
 * @param closeOpen changes the text of a last paragraph that is still arriving before its markup is read
 */
export function lex(source: string, definitions: Definitions, closeOpen: (text: string) => string): Token[] {
  const lexer = new BoundedLexer({ gfm: true, tokenizer: new BoundedTokenizer() });
  Object.assign(lexer.tokens.links, definitions);
  try {
    const tokens: Token[] = lexer.blockTokens(source, lexer.tokens);
    const open = openInline(tokens);
    const last = open && lexer.inlineQueue.filter((entry) => entry.tokens === open).at(-1);
    if (last) last.src = closeOpen(last.src);
    for (const { src, tokens: target } of lexer.inlineQueue) {
      lexer.state.inRawBlock = false;
      lexer.inlineTokens(src, target);
    }
    return tokens;
  } catch {
    // marked throws on input it cannot get past, and says so in no other way. The text itself is never lost.
    return [textToken(source)];
  }
}

/** The inline tokens at the very end of the text, where more may arrive; undefined when code or a rule stands there. */
function openInline(tokens: readonly Token[]): Token[] | undefined {
  const last = tokens.at(-1);
  switch (last?.type) {
    case 'paragraph':
    case 'heading':
    case 'text':
      return last.tokens;
    case 'blockquote':
      return openInline(last.tokens ?? []);
    case 'list':
      return openInline((last as Tokens.List).items.at(-1)?.tokens ?? []);
    case 'table':
      return lastCell(last as Tokens.Table);
    default:
      return undefined;
  }
}

function lastCell(table: Tokens.Table): Token[] | undefined {
  // Cells that marked added to a short row are empty: the text ends before them.
  return (table.rows.at(-1) ?? table.header).filter((cell) => cell.text !== '').at(-1)?.tokens;
}

function hasManyDelimiters(src: string): boolean {
  return src.length > MAX_DELIMITERS && (src.match(/\*+|_+/g)?.length ?? 0) > MAX_DELIMITERS;
}

/** Whether a table at the start of `src` would get far more cells than were written. */
function pads(src: string): boolean {
  const headEnd = src.indexOf('\n');
  if (headEnd < 0 || !/^[ \t]*[|:-]/.test(src.slice(headEnd + 1, headEnd + 10))) return false;
  const end = src.search(/\n[ \t]*(?:\n|$)/);
  const table = end < 0 ? src : src.slice(0, end);
  const cells = (count(table.slice(0, headEnd), '|') + 1) * count(table, '\n');
  return cells > MAX_PADDING && cells > 4 * (count(table, '|') + 1);
}

function count(text: string, character: string): number {
  let found = 0;
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) found++;
  return found;
}

function textToken(text: string): Tokens.Text {
  return { type: 'text', raw: text, text };
}
