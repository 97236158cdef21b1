import { DOCUMENT, inject, Injectable } from '@angular/core';
import { CARET, type ElementShape, type Shape, textOf } from './shape';
import { Typesetter } from './typesetter';

/** What stands on the page, and what it was made of. */
export interface Drawn {
  readonly node: Element | Text;
  shape: Shape;
  children: readonly Drawn[];
}

/** Draws shapes, and changes only what differs from before. */
@Injectable({ providedIn: 'root' })
export class Drawing {
  private readonly document = inject(DOCUMENT);
  private readonly typesetter = inject(Typesetter);
  /** One element for each shape that is drawn by `copy`. */
  private readonly originals = new WeakMap<ElementShape, Element>();
  /** The source of each formula that is drawn. */
  private readonly formulas = new WeakMap<Element, string>();

  draw(shape: Shape): Drawn {
    if ('text' in shape) return { node: this.document.createTextNode(shape.text), shape, children: [] };
    const node = this.document.createElement(shape.name);
    for (const name in shape.attributes) node.setAttribute(name, shape.attributes[name] ?? '');
    const children = shape.children.map((child) => this.draw(child));
    for (const child of children) node.appendChild(child.node);
    if (shape.formula) {
      this.formulas.set(node, textOf(shape));
      void this.typesetter.set(node, shape.formula.tex, shape.formula.display);
    }
    return { node, shape, children };
  }

  /** Draws a shape that is drawn often, and has no formula in it. */
  copy(shape: ElementShape): Element {
    let original = this.originals.get(shape);
    if (!original) this.originals.set(shape, (original = this.draw(shape).node as Element));
    return original.cloneNode(true) as Element;
  }

  /** Makes `drawn` look like `shape`, in its place; what cannot become it is replaced. */
  redraw(drawn: Drawn, shape: Shape): Drawn {
    const before = drawn.shape;
    if (before === shape) return drawn;
    if ('text' in before && 'text' in shape) {
      rewrite(drawn.node as Text, before.text, shape.text);
    } else if ('name' in before && 'name' in shape && canBecome(before, shape)) {
      if (shape.isFree) return drawn;
      change(drawn.node as Element, before, shape);
      if (!shape.formula) drawn.children = this.redrawAll(drawn.node as Element, drawn.children, shape.children);
    } else {
      const other = this.draw(shape);
      drawn.node.replaceWith(other.node);
      return other;
    }
    drawn.shape = shape;
    return drawn;
  }

  /** Whether a node of ours looks like `shape` already, though nobody remembers what it was made of. Highlighted code looks like the same code. */
  looksLike(node: Node, shape: Shape): boolean {
    if ('text' in shape) return node.nodeType === node.TEXT_NODE && (node as Text).data === shape.text;
    const element = node as Element;
    if (element.localName !== shape.name) return false;
    if (shape.isFree) return true;
    let count = 0;
    for (const name in shape.attributes) {
      if (element.getAttribute(name) !== shape.attributes[name]) return false;
      count++;
    }
    if (shape.formula) return this.formulas.get(element) === textOf(shape);
    if (shape.name === 'code') return element.textContent === textOf(shape);
    // What a person has done with the code is no part of it.
    if (shape.name !== 'pre' && element.getAttributeNames().length !== count) return false;
    // Not by `childNodes`: the browser would keep a list for each element that was asked for it.
    let child = element.firstChild;
    for (const expected of shape.children) {
      if (!child || !this.looksLike(child, expected)) return false;
      child = child.nextSibling;
    }
    return child === null;
  }

  private redrawAll(parent: Element, before: readonly Drawn[], shapes: readonly Shape[]): readonly Drawn[] {
    const last = before.at(-1);
    // The caret stays: what is new is put before it.
    const caret = last?.shape === CARET && shapes.at(-1) === CARET ? last : null;
    const rest = caret ? before.slice(0, -1) : before;
    const drawn = shapes.map((shape, index) => {
      if (caret && index === shapes.length - 1) return caret;
      const known = rest[index];
      if (known) return this.redraw(known, shape);
      const added = this.draw(shape);
      parent.insertBefore(added.node, caret?.node ?? null);
      return added;
    });
    for (let index = caret ? shapes.length - 1 : shapes.length; index < rest.length; index++) rest[index]?.node.remove();
    return drawn;
  }
}

/** Adds what is new: what is selected in a text is lost when it is replaced. */
function rewrite(node: Text, before: string, text: string): void {
  if (text.startsWith(before)) node.appendData(text.slice(before.length));
  else node.data = text;
}

function canBecome(before: ElementShape, shape: ElementShape): boolean {
  if (before.name !== shape.name || before.isFree !== shape.isFree) return false;
  return !before.formula || !shape.formula ? before.formula === shape.formula : textOf(before) === textOf(shape);
}

function change(element: Element, { attributes: before }: ElementShape, { attributes }: ElementShape): void {
  if (before === attributes) return;
  for (const name in before) if (!(name in attributes)) element.removeAttribute(name);
  for (const name in attributes) if (before[name] !== attributes[name]) element.setAttribute(name, attributes[name] ?? '');
}
