import { type Drawing } from './drawing';
import { CARET, type ElementShape } from './shape';

/** Writes at the end of one element, with the caret behind what was written. */
export class Pen {
  private readonly caret: Element;
  /** Where it writes: a paragraph, a heading, a cell or the text of a code block. */
  private leaf: Element;
  /** What is open in there, outermost first. */
  private readonly open: Element[] = [];
  /** The text that grows. */
  private node: Text | null = null;
  /** What is not yet in `node`. */
  private written = '';

  constructor(
    private readonly document: Document,
    private readonly drawing: Drawing,
  ) {
    this.caret = drawing.draw(CARET).node as Element;
    this.leaf = this.caret;
  }

  /** Goes on in another leaf. */
  enter(leaf: Element): void {
    this.breakText();
    this.open.length = 0;
    this.leaf = leaf;
  }

  /** @param text is shown with the next `flush` */
  write(text: string): void {
    this.written += text;
  }

  /** Shows what was written, and the caret behind it. */
  flush(): void {
    this.put();
    if (this.caret.parentNode !== this.leaf && this.leaf !== this.caret) this.leaf.appendChild(this.caret);
  }

  /** What comes next is a text of its own. */
  breakText(): void {
    this.put();
    this.node = null;
  }

  /** Puts an element behind the text and goes on in it. */
  begin(shape: ElementShape): void {
    this.breakText();
    const element = this.drawing.copy(shape);
    this.insert(element);
    this.open.push(element);
  }

  /** Goes on behind the element that was begun last. */
  end(): void {
    this.breakText();
    this.open.pop();
  }

  /** Puts the text that grows into an element. */
  wrap(shape: ElementShape): void {
    this.put();
    const { node } = this;
    this.node = null;
    if (!node) return;
    const element = this.drawing.draw(shape).node as Element;
    node.replaceWith(element);
    element.appendChild(node);
  }

  removeCaret(): void {
    this.caret.remove();
  }

  private put(): void {
    if (this.written === '') return;
    if (this.node) this.node.appendData(this.written);
    else this.insert((this.node = this.document.createTextNode(this.written)));
    this.written = '';
  }

  private insert(node: Node): void {
    const inner = this.open.at(-1);
    if (inner) inner.appendChild(node);
    else this.leaf.insertBefore(node, this.caret.parentNode === this.leaf ? this.caret : null);
  }
}
