import { type Block, type Inline, type Table } from './nodes';

/** `blocks` with `extra` at the very end, in the last paragraph, item or cell; blocks before the last keep their identity. */
export function atEnd(blocks: readonly Block[], extra: readonly Inline[]): Block[] {
  const last = blocks.at(-1);
  const grown = last && inBlock(last, extra);
  return grown ? [...blocks.slice(0, -1), grown] : [...blocks, { kind: 'paragraph', children: extra }];
}

/** null: nothing can stand inside this block. */
function inBlock(block: Block, extra: readonly Inline[]): Block | null {
  switch (block.kind) {
    case 'paragraph':
    case 'heading':
    case 'verbatim':
      return { ...block, children: joined(block.children, extra) };
    case 'quote':
    case 'note':
      return { ...block, blocks: atEnd(block.blocks, extra) };
    case 'list': {
      const last = block.items.at(-1);
      if (!last) return null;
      return { ...block, items: [...block.items.slice(0, -1), { ...last, blocks: atEnd(last.blocks, extra) }] };
    }
    case 'table':
      return inTable(block, extra);
    case 'code-block': {
      const text = extra.map((node) => (node.kind === 'text' ? node.text : '')).join('');
      const chunks = [...block.chunks.slice(0, -1), (block.chunks.at(-1) ?? '') + text];
      return { ...block, chunks, caret: extra.some((node) => node.kind === 'caret') };
    }
    case 'rule':
      return null;
  }
}

function inTable(table: Table, extra: readonly Inline[]): Table {
  const row = table.rows.at(-1) ?? table.header;
  const at = Math.max(0, row.map((cell) => cell.length > 0).lastIndexOf(true));
  const grown = row.map((cell, index) => (index === at ? joined(cell, extra) : cell));
  return table.rows.length > 0 ? { ...table, rows: [...table.rows.slice(0, -1), grown] } : { ...table, header: grown };
}

/** Text after text is one text. */
function joined(children: readonly Inline[], extra: readonly Inline[]): Inline[] {
  const last = children.at(-1);
  const [first, ...rest] = extra;
  if (last?.kind !== 'text' || first?.kind !== 'text') return [...children, ...extra];
  return [...children.slice(0, -1), { kind: 'text', text: last.text + first.text }, ...rest];
}
