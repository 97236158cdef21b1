import { Hooks, Lexer, type MarkedOptions, Tokenizer, type Token, type Tokens, type TokensList } from 'marked';
import { closeOpen } from './close-open';
import { hasFormulas, maskFormulas } from './formula-mask';
import { type Known, NOTHING_KNOWN } from './known';
import { isPlain } from './plain-words';
import { type NoteToken, type OwnLexer, ownSyntax } from './own-syntax';

/** Quotes, lists, emphasis and links inside one another; deeper markup is shown as text. */
const MAX_DEPTH = 32;
/** `*` and `_` runs in one paragraph. marked's time grows with their square (9,600 characters of `*a **b`: one second). */
const MAX_DELIMITERS = 256;
/** Characters of one paragraph that are searched for markup. */
const MAX_INLINE = 50_000;
/** Cells marked may add to fill short table rows: 40 kB can ask for a million. */
const MAX_PADDING = 2_000;

/** Footnotes that are taken for ones before they are written out: `[^a-z]` is rather an expression. */
const LIKELY_NOTE = /^\d{1,3}$/;

/** A bare address whose host begins with a letter that is not Latin, and these letters. */
const FOREIGN_HOST = /^(https?:\/\/|www\.)((?![a-z0-9-])[\p{L}\p{N}\p{M}\p{So}\u200d]+)/iu;

/** One line that starts with a letter is a paragraph, whatever stands in it. */
const ONE_PARAGRAPH = /^\p{L}.*$/u;

/** marked's lexer with our syntax, and with bounds on depth and on work that is not proportional to the text. */
class BoundedLexer extends Lexer implements OwnLexer {
  private depth = 0;
  /** What is searched for markup now. */
  inlineSource = '';
  private readonly notes: Set<string>;
  readonly marked: string[];

  constructor(
    known: Known,
    readonly arriving: boolean,
  ) {
    super(OPTIONS);
    Object.assign(this.tokens.links, known.links);
    this.notes = new Set(known.notes);
    this.marked = [...known.marked];
  }

  get isOutermost(): boolean {
    return this.depth === 1;
  }

  define(label: string): void {
    this.notes.add(label);
  }

  numberOf(label: string): number | null {
    if (!this.notes.has(label) && !(this.arriving && LIKELY_NOTE.test(label))) return null;
    const index = this.marked.indexOf(label);
    return index < 0 ? this.marked.push(label) : index + 1;
  }

  override blockTokens(src: string, tokens?: Token[], lastParagraphClipped?: boolean): Token[];
  override blockTokens(src: string, tokens?: TokensList, lastParagraphClipped?: boolean): TokensList;
  override blockTokens(src: string, tokens: Token[] = [], lastParagraphClipped = false): Token[] {
    if (this.depth === 0 && ONE_PARAGRAPH.test(src)) {
      tokens.push({ type: 'paragraph', raw: src, text: src, tokens: this.inline(src) });
      return tokens;
    }
    if (this.depth < MAX_DEPTH) return this.deeper(() => super.blockTokens(src, tokens, lastParagraphClipped));
    this.state.top = true;
    if (src) tokens.push(textToken(src));
    return tokens;
  }

  override inlineTokens(src: string, tokens: Token[] = []): Token[] {
    this.inlineSource = src;
    // Most cells, items and headings are nothing but words.
    if (this.depth < MAX_DEPTH && src.length <= MAX_INLINE && !isPlain(src) && !hasManyDelimiters(src)) {
      return this.deeper(() => super.inlineTokens(src, tokens));
    }
    if (src !== '') tokens.push(textToken(src));
    return tokens;
  }

  /** What was read is not kept until something else is. */
  forget(): void {
    this.tokens = NOTHING_READ;
    this.inlineQueue = [];
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

  override lheading(src: string): Tokens.Heading | undefined {
    const heading = super.lheading(src);
    // A line of `=` in a formula underlines nothing.
    return heading && /^ {0,3}(?:\$\$|\\\[)/m.test(heading.raw) ? undefined : heading;
  }

  /** marked takes a bare address only where its host begins with a Latin letter: it is asked about one of as many of these. */
  override url(src: string): Tokens.Link | undefined {
    const [whole, scheme = '', host = ''] = FOREIGN_HOST.exec(src) ?? [];
    const found = super.url(whole === undefined ? src : scheme + 'x'.repeat(host.length) + src.slice(whole.length));
    if (!found || whole === undefined) return found;
    const raw = src.slice(0, found.raw.length);
    const href = /^www/i.test(scheme) ? `http://${raw}` : raw;
    return { ...found, raw, href, text: raw, tokens: [textToken(raw)] };
  }
}

const NOTHING_READ: TokensList = Object.assign([], { links: NOTHING_KNOWN.links });

/** The one that reads now. */
let lexer: BoundedLexer;
/** Made once: what is read is short, and read often. */
const OPTIONS: MarkedOptions = { gfm: true, tokenizer: new BoundedTokenizer(), extensions: ownSyntax(() => lexer) };
/** Emphasis does not begin or end in formulas. */
const HIDE_FORMULAS = Object.assign(new Hooks(), { emStrongMask: (masked: string) => maskFormulas(masked, lexer.inlineSource) });

export interface Lexed {
  readonly tokens: Token[];
  /** Labels of footnotes that were mentioned so far. */
  readonly marked: readonly string[];
}

/**
 * Reads `source`, which is a whole text or starts at a block. What marked cannot read comes back as one `text` token.
 * @param known from what stands before `source`
 * @param arriving more may follow: what is still open at the end of the last paragraph is closed before its markup is read
 */
export function lex(source: string, known: Known, arriving: boolean): Lexed {
  lexer = new BoundedLexer(known, arriving);
  OPTIONS.hooks = hasFormulas(source) ? HIDE_FORMULAS : null;
  try {
    const tokens: Token[] = lexer.blockTokens(source, lexer.tokens);
    const open = arriving ? openInline(tokens) : undefined;
    const last = open && lexer.inlineQueue.filter((entry) => entry.tokens === open).at(-1);
    if (last) last.src = closeOpen(last.src);
    for (const entry of lexer.inlineQueue) {
      lexer.state.inRawBlock = false;
      // White space at the end of a text means nothing, unless more follows.
      lexer.inlineTokens(entry === last ? entry.src : entry.src.trimEnd(), entry.tokens);
    }
    for (const token of tokens.filter(isNote)) token.number = lexer.numberOf(token.label) ?? 0;
    return { tokens, marked: lexer.marked };
  } catch {
    // marked throws on input it cannot get past, and says so in no other way. The text itself is never lost.
    return { tokens: [textToken(source)], marked: known.marked };
  } finally {
    lexer.forget();
  }
}

function isNote(token: Token): token is NoteToken {
  return token.type === 'note';
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
    case 'note':
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
