import { blockShape, innerShape, itemShape, rowShape, tableShape } from './block-shape';
import { type Alignment } from './nodes';
import { element, type ElementShape } from './shape';

/** Languages and first numbers may be many. */
const MAX_SHAPES = 200;
const shapes = new Map<string, ElementShape>();

const PARAGRAPH = { kind: 'paragraph', children: [] } as const;

/** Blocks that are about to be filled. The same shape each time, so that its elements are copied. */
export const emptyShapes = {
  paragraph: (isOutermost: boolean) => once(`p ${isOutermost}`, () => (isOutermost ? blockShape : innerShape)(PARAGRAPH)),
  heading: (level: number) => once(`h ${level}`, () => blockShape({ kind: 'heading', level, children: [] })),
  /** With a paragraph. */
  quote: () => once('quote', () => blockShape({ kind: 'quote', blocks: [PARAGRAPH] })),
  code: (language: string) => once(`code ${language}`, () => blockShape({ kind: 'code-block', language, chunks: [], caret: false })),
  /** With a paragraph at its end. */
  item: (checked: boolean | null) => once(`li ${checked}`, () => itemShape({ checked, blocks: [PARAGRAPH] })),
  /** @param number of its first item; null: not ordered */
  list: (number: number | null, isOutermost: boolean) =>
    once(`list ${number} ${isOutermost}`, () => {
      const list = { kind: 'list', ordered: number !== null, start: number ?? 1, loose: false, items: [] } as const;
      return (isOutermost ? blockShape : innerShape)(list);
    }),
  /** With the cells of its head, which have no text, and no body: that comes with the first row. */
  table: (align: readonly Alignment[], dir: 'ltr' | 'rtl') =>
    once(`table ${align.join()} ${dir}`, () => tableShape({ kind: 'table', align, header: align.map(() => []), rows: [] }, dir)),
  tableBody: () => once('tbody', () => element('tbody')),
  row: (align: readonly Alignment[]) =>
    once(`tr ${align.join()}`, () =>
      rowShape(
        align,
        align.map(() => []),
      ),
    ),
};

function once(key: string, toShape: () => ElementShape): ElementShape {
  const known = shapes.get(key);
  if (known) return known;
  const shape = toShape();
  if (shapes.size < MAX_SHAPES) shapes.set(key, shape);
  return shape;
}
