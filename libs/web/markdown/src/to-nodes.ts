import { type MarkedToken, type Token, type Tokens } from 'marked';
import { decodeEntities } from './entities';
import { type Block, type CodeBlock, type Inline, type ListItem, type Paragraph } from './nodes';
import { type FormulaToken, type NoteMarkToken, type NoteToken } from './own-syntax';
import { safeLink } from './safe-link';

type KnownToken = MarkedToken | FormulaToken | NoteToken | NoteMarkToken;

/** Least characters of code in one text node: a growing block touches only its last one. */
export const CHUNK = 1_000;

/** Blocks for marked's block tokens. Space and link definitions have none. */
export function toBlocks(tokens: readonly Token[]): Block[] {
  return tokens.flatMap((token) => toBlock(token) ?? []);
}

/** One block, or null for what shows nothing. A token of an unknown type shows its text. */
export function toBlock(token: Token): Block | null {
  const known = token as KnownToken;
  switch (known.type) {
    case 'space':
    case 'def':
    case 'checkbox': // drawn by its list item
      return null;
    case 'paragraph':
      return paragraph(toInlines(known.tokens));
    case 'heading':
      return { kind: 'heading', level: known.depth, children: toInlines(known.tokens) };
    case 'code':
      return codeBlock(known.lang ?? '', known.text);
    case 'blockquote':
      return { kind: 'quote', blocks: toBlocks(known.tokens) };
    case 'list': {
      const start = known.start === '' ? 1 : known.start;
      return { kind: 'list', ordered: known.ordered, start, loose: known.loose, items: known.items.map(toListItem) };
    }
    case 'list_item':
      return { kind: 'list', ordered: false, start: 1, loose: known.loose, items: [toListItem(known)] };
    case 'table': {
      const rows = known.rows.map((row) => row.map((cell) => toInlines(cell.tokens)));
      return { kind: 'table', align: known.align, header: known.header.map((cell) => toInlines(cell.tokens)), rows };
    }
    case 'note':
      return { kind: 'note', number: known.number, blocks: toBlocks(known.tokens ?? []) };
    case 'formula':
      return known.open ? { kind: 'verbatim', children: [{ kind: 'code', text: known.tex }] } : paragraph(toInlines([known]));
    case 'hr':
      return { kind: 'rule' };
    case 'html':
      return verbatim(known.text);
    case 'text':
      return known.tokens ? paragraph(toInlines(known.tokens)) : verbatim(known.text);
    case 'br':
    case 'codespan':
    case 'del':
    case 'em':
    case 'escape':
    case 'image':
    case 'link':
    case 'note-mark':
    case 'strong':
      return paragraph(toInlines([known]));
    default:
      return verbatim(token.raw);
  }
}

/** A list's item; its task mark, if any, is no part of its blocks. */
export function toListItem(item: Tokens.ListItem): ListItem {
  return { checked: item.task ? item.checked === true : null, blocks: toBlocks(item.tokens) };
}

/** Inline nodes; neighbouring texts become one. A token of an unknown type shows its text. */
export function toInlines(tokens: readonly Token[]): Inline[] {
  const nodes: Inline[] = [];
  for (const token of tokens) for (const node of toInline(token)) append(nodes, node);
  return nodes;
}

function toInline(token: Token): readonly Inline[] {
  const known = token as KnownToken;
  switch (known.type) {
    case 'text':
      return known.tokens ? toInlines(known.tokens) : [text(decodeEntities(known.text))];
    case 'escape':
    case 'html':
      return [text(known.text)];
    case 'codespan':
      return [{ kind: 'code', text: known.text }];
    case 'em':
      return [{ kind: 'emphasis', children: toInlines(known.tokens) }];
    case 'strong':
      return [{ kind: 'strong', children: toInlines(known.tokens) }];
    case 'del':
      return [{ kind: 'deleted', children: toInlines(known.tokens) }];
    case 'br':
      return [{ kind: 'break' }];
    case 'formula':
      return [{ kind: 'formula', tex: known.tex, display: known.display, source: known.raw.trim() }];
    case 'note-mark':
      return [{ kind: 'note-mark', number: known.number }];
    case 'link':
      return link(known);
    case 'image':
      return image(known);
    case 'checkbox':
    case 'space':
    case 'def':
      return [];
    case 'blockquote':
    case 'code':
    case 'heading':
    case 'hr':
    case 'list':
    case 'list_item':
    case 'note':
    case 'paragraph':
    case 'table':
      return [text(known.raw)];
    default:
      return [text(token.raw)];
  }
}

/** What may not be followed is shown as its text. */
function link(token: Tokens.Link): readonly Inline[] {
  const children = token.autolink ? [text(token.text)] : withoutLinks(toInlines(token.tokens));
  const safe = safeLink(token.autolink ? token.href : decodeEntities(token.href));
  return safe ? [{ kind: 'link', href: safe.href, title: safe.target, children }] : children;
}

/** A link holds no other: an image in a link is its text there, and so is the mark of a footnote. */
function withoutLinks(nodes: readonly Inline[]): Inline[] {
  return nodes.flatMap((node): Inline[] => {
    if (node.kind === 'link') return withoutLinks(node.children);
    if (node.kind === 'note-mark') return [text(`[${node.number}]`)];
    return 'children' in node ? [{ ...node, children: withoutLinks(node.children) }] : [node];
  });
}

/** Nothing is fetched: an image is a link that says where the picture is. */
function image(token: Tokens.Image): readonly Inline[] {
  const alt = altOf(token);
  const safe = safeLink(decodeEntities(token.href));
  if (!safe) return [text(`image: ${alt}`)];
  return [{ kind: 'link', href: safe.href, title: safe.target, children: [text(`image: ${alt} (${safe.target})`)] }];
}

/** The words for a picture. For one in them, they are its own. */
function altOf(token: Tokens.Image): string {
  return (
    token.tokens.map((each) => (each.type === 'image' ? altOf(each as Tokens.Image) : plain(toInlines([each])))).join('') ||
    decodeEntities(token.text)
  );
}

function plain(nodes: readonly Inline[]): string {
  return nodes.map(plainOf).join('');
}

function plainOf(node: Inline): string {
  if ('children' in node) return plain(node.children);
  return 'text' in node ? node.text : 'source' in node ? node.source : ' ';
}

function text(value: string): Inline {
  return { kind: 'text', text: value };
}

function append(nodes: Inline[], node: Inline): void {
  const last = nodes.at(-1);
  if (node.kind !== 'text' || last?.kind !== 'text') nodes.push(node);
  else nodes[nodes.length - 1] = text(last.text + node.text);
}

function paragraph(children: readonly Inline[]): Paragraph {
  return { kind: 'paragraph', children };
}

function verbatim(value: string): Block {
  return { kind: 'verbatim', children: [text(value.trimEnd())] };
}

/** @param label what stands after the fence's opening marker */
export function codeBlock(label: string, code: string): CodeBlock {
  return { kind: 'code-block', language: languageOf(label), chunks: chunksOf(code.replace(/\n$/, '')), caret: false };
}

export function languageOf(label: string): string {
  return (/^[^\s{,:]+/.exec(label.trim())?.[0] ?? '').toLowerCase();
}

/** Cuts at line ends, always at the same ones while `code` grows. */
export function chunksOf(code: string): string[] {
  const chunks: string[] = [];
  let from = 0;
  for (;;) {
    const end = code.indexOf('\n', from + CHUNK) + 1;
    if (end === 0 || end === code.length) break;
    chunks.push(code.slice(from, end));
    from = end;
  }
  chunks.push(code.slice(from));
  return chunks;
}
