import { blockShape } from './block-shape';
import { type CodeBlocks } from './code-blocks';
import { type Drawing, type Drawn } from './drawing';
import { type Block } from './nodes';
import { growingOf, type Reading } from './reading';
import { CARET, type Shape } from './shape';

/** The blocks of one text on the page, one element each. Of settled ones nothing is kept but the element. */
export class DrawnBlocks {
  private settled = 0;
  private growing: readonly Drawn[] = [];
  /** The text before the caret; undefined: not looked for yet. */
  private end: Drawn | null | undefined;

  constructor(
    private readonly host: Element,
    private readonly drawing: Drawing,
    private readonly code: CodeBlocks,
  ) {}

  /** Shows what has been read. The work is in proportion to the blocks that are new or grow. */
  show(reading: Reading): void {
    if (reading.grown !== null && this.grow(reading.grown)) return;
    const { kept, settled } = reading;
    const growing = growingOf(reading);
    this.end = undefined;
    const first = Math.min(kept, this.settled);
    // They were taken for settled, but are read again: as another text, or as parts of the whole when it has ended.
    const old = first < this.settled ? [...this.host.children].slice(first, this.settled) : [];
    const shapes = [...settled, ...growing].map(blockShape);
    const drawn = shapes.map((shape, index) => {
      const element = old[index];
      if (!element) return this.drawNext(this.growing[index - old.length], shape);
      return index < settled.length && this.drawing.looksLike(element, shape) ? null : this.replace(element, shape);
    });
    for (let surplus = old.length + this.growing.length - shapes.length; surplus > 0; surplus--) this.host.lastElementChild?.remove();
    settled.forEach((block, index) => {
      const node = drawn[index]?.node;
      if (node && holdsCode(block)) this.code.settle(node as Element);
    });
    this.growing = drawn.slice(settled.length).flatMap((block) => block ?? []);
    this.settled = first + settled.length;
  }

  /** Adds to the text before the caret and touches nothing else; false when no text stands there. */
  private grow(added: string): boolean {
    if (added === '') return true;
    if (this.end === undefined) this.end = beforeCaret(this.growing);
    if (this.end) this.drawing.append(this.end, added);
    return this.end !== null;
  }

  private drawNext(before: Drawn | undefined, shape: Shape): Drawn {
    if (before) return this.drawing.redraw(before, shape);
    const drawn = this.drawing.draw(shape);
    this.host.appendChild(drawn.node);
    return drawn;
  }

  private replace(element: Element, shape: Shape): Drawn {
    const drawn = this.drawing.draw(shape);
    element.replaceWith(drawn.node);
    return drawn;
  }
}

function beforeCaret(drawn: readonly Drawn[]): Drawn | null {
  for (let index = drawn.length - 1; index >= 0; index--) {
    const each = drawn[index];
    if (each?.shape === CARET) {
      const before = drawn[index - 1];
      return before && 'text' in before.shape ? before : null;
    }
    // Empty cells may follow the one that has the caret.
    const found = each && beforeCaret(each.children);
    if (found) return found;
  }
  return null;
}

function holdsCode(block: Block): boolean {
  if (block.kind === 'list') return block.items.some(({ blocks }) => blocks.some(holdsCode));
  return block.kind === 'code-block' || ('blocks' in block && block.blocks.some(holdsCode));
}
