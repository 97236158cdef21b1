import { emptyShapes } from './empty-shapes';
import { type ItemStart } from './line-start';
import { type ElementShape } from './shape';

const MAX_DEPTH = 8;

interface OpenList {
  readonly element: Element;
  readonly sign: string;
  /** Columns where the signs of its items, and the text of the last one, begin. */
  readonly indent: number;
  readonly content: number;
  readonly item: Element;
}

/** A list that grows, and the lists in its last item. */
export class OpenLists {
  /** Outermost first. */
  private readonly lists: OpenList[] = [];

  /** @param add draws a shape at the end of `parent`; without one, as a block of its own */
  constructor(private readonly add: (shape: ElementShape, parent?: Element) => Element) {}

  /** Column where the text of the last item begins. */
  get content(): number {
    return this.lists.at(-1)?.content ?? 0;
  }

  /** Whether `start` begins another list at the left. */
  isEndedBy(start: ItemStart): boolean {
    return start.indent === 0 && this.lists[0]?.indent === 0 && this.lists[0].sign !== start.sign;
  }

  /**
   * Adds an item and returns the paragraph for its text; null: it is not clear to which list it belongs.
   * @param isBelowText the line above has text of the item before
   * @param isApart an empty line is above
   */
  addItem(start: ItemStart, isBelowText: boolean, isApart: boolean): Element | null {
    const { indent, sign, number, content } = start;
    let last = this.lists.at(-1);
    // Further to the left: an item of a list around it.
    while (last && this.lists.length > 1 && indent < last.indent) {
      this.lists.pop();
      last = this.lists.at(-1);
      if (last && indent >= last.content) return null;
    }
    if (last?.indent === indent) {
      if (last.sign !== sign) return null;
      if (isApart) last.element.classList.add('loose');
      this.lists.pop();
    } else {
      // Below a text a list has to start with 1.
      if (isBelowText && number !== null && number !== 1) return null;
      if (last ? isApart || !isBelowText || indent < last.content || indent > last.content + 3 : indent > 0) return null;
      last = undefined;
    }
    if (this.lists.length === MAX_DEPTH) return null;
    const outer = this.lists.at(-1);
    const element = last?.element ?? this.add(emptyShapes.list(number, !outer), outer?.item);
    const item = this.add(emptyShapes.item(start.checked), element);
    this.lists.push({ element, sign, indent, content, item });
    return item.lastElementChild;
  }
}
