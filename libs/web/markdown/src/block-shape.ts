import { codeShape } from './code-shape';
import { inlineShapes } from './inline-shape';
import { type Block, type Heading, type List, type ListItem, type Note, type Table } from './nodes';
import { type Attributes, element, type ElementShape, NO_ATTRIBUTES, text } from './shape';
import { directionOf } from './text-direction';

/** Of what there may be very many of in a block: items and rows. */
const shapes = new WeakMap<object, ElementShape>();
/** Only the outermost block asks which way its text is written: `auto` does not look into what has a `dir` of its own. */
const AUTO: Attributes = { dir: 'auto' };

/** The element of a block among the outermost ones. */
export function blockShape(block: Block): ElementShape {
  return toShape(block, AUTO);
}

/** The element of a block in another one. */
export function innerShape(block: Block): ElementShape {
  return toShape(block, NO_ATTRIBUTES);
}

function remembered<T extends object>(node: T, toShape: () => ElementShape): ElementShape {
  const known = shapes.get(node);
  if (known) return known;
  const shape = toShape();
  shapes.set(node, shape);
  return shape;
}

function toShape(block: Block, direction: Attributes): ElementShape {
  switch (block.kind) {
    case 'paragraph':
      return element('p', direction, inlineShapes(block.children));
    case 'verbatim':
      return element('p', { ...direction, class: 'verbatim' }, inlineShapes(block.children));
    case 'heading':
      return element(headingName(block), AUTO, inlineShapes(block.children));
    case 'code-block':
      return codeShape(block);
    case 'quote':
      return element('blockquote', direction, block.blocks.map(innerShape));
    case 'note':
      return noteShape(block);
    case 'list':
      return listShape(block, direction);
    case 'table':
      return tableShape(block, directionOfTable(block));
    case 'rule':
      return element('hr');
  }
}

function headingName({ level }: Heading): 'h1' | 'h2' | 'h3' | 'h4' | 'h5' | 'h6' {
  return (['h1', 'h2', 'h3', 'h4', 'h5'] as const)[level - 1] ?? 'h6';
}

function listShape(list: List, direction: Attributes): ElementShape {
  const loose: Attributes = list.loose ? { class: 'loose' } : {};
  const start: Attributes = list.ordered && list.start !== 1 ? { start: `${list.start}` } : {};
  const items = list.items.map((item) => remembered(item, () => itemShape(item)));
  return element(list.ordered ? 'ol' : 'ul', { ...direction, ...loose, ...start }, items);
}

export function itemShape({ checked, blocks }: ListItem): ElementShape {
  if (checked === null) return element('li', NO_ATTRIBUTES, blocks.map(innerShape));
  const task = { role: 'checkbox', 'aria-label': 'Task', 'aria-disabled': 'true', 'aria-checked': `${checked}` };
  return element('li', { class: 'task' }, [element('span', { class: 'check', ...task }), ...blocks.map(innerShape)]);
}

function noteShape({ number, blocks }: Note): ElementShape {
  const back = { type: 'button', 'data-back': `${number}`, 'aria-label': `Back to the mark of footnote ${number}` };
  const name = { role: 'doc-footnote', tabindex: '-1', 'data-note': `${number}`, 'aria-label': `Footnote ${number}` };
  return element('div', { class: 'note', ...AUTO, ...name }, [
    element('button', back, [text(`${number}`)]),
    element('div', NO_ATTRIBUTES, blocks.map(innerShape)),
  ]);
}

// `auto` would not find out which column comes first: every cell has a direction of its own.
function directionOfTable({ header, rows }: Table): 'ltr' | 'rtl' {
  return directionOf(header) ?? directionOf(rows.flat()) ?? 'ltr';
}

/** @param dir says which column comes first */
export function tableShape({ align, header, rows }: Table, dir: 'ltr' | 'rtl'): ElementShape {
  const head = header.map((cell, index) => element('th', { ...aligned(align, index), scope: 'col' }, inlineShapes(cell)));
  const body = rows.map((row) => remembered(row, () => rowShape(align, row)));
  const parts = [element('thead', NO_ATTRIBUTES, [element('tr', NO_ATTRIBUTES, head)])];
  if (body.length > 0) parts.push(element('tbody', NO_ATTRIBUTES, body));
  return element('div', { class: 'scroll', role: 'group', 'aria-label': 'Table', tabindex: '0', dir }, [
    element('table', NO_ATTRIBUTES, parts),
  ]);
}

export function rowShape(align: Table['align'], row: Table['rows'][number]): ElementShape {
  const cells = row.map((cell, index) => element('td', aligned(align, index), inlineShapes(cell)));
  return element('tr', NO_ATTRIBUTES, cells);
}

function aligned(align: Table['align'], index: number): Attributes {
  return align[index] ? { ...AUTO, class: align[index] } : AUTO;
}
