import { blockShape } from './block-shape';
import { type CodeBlocks } from './code-blocks';
import { type Drawing, type Drawn } from './drawing';
import { type Block } from './nodes';
import { growingOf, type Reading } from './reading';
import { type Shape } from './shape';

/** The blocks of one text on the page, one element each. Of settled ones nothing is kept but the element. */
export class DrawnBlocks {
  private settled = 0;
  private growing: readonly Drawn[] = [];

  constructor(
    private readonly host: Element,
    private readonly drawing: Drawing,
    private readonly code: CodeBlocks,
  ) {}

  /** Shows what has been read. The work is in proportion to the blocks that are new or grow. */
  show(reading: Reading): void {
    const { kept, settled } = reading;
    const growing = growingOf(reading);
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

  /** Others draw from here: what grows is taken away. */
  removeGrowing(): void {
    for (const { node } of this.growing) node.remove();
    this.growing = [];
  }

  /** Others have added so many blocks. */
  adopt(count: number): void {
    this.settled += count;
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

function holdsCode(block: Block): boolean {
  if (block.kind === 'list') return block.items.some(({ blocks }) => blocks.some(holdsCode));
  return block.kind === 'code-block' || ('blocks' in block && block.blocks.some(holdsCode));
}
