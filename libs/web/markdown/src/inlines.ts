import { Directive, effect, ElementRef, inject, input, Renderer2 } from '@angular/core';
import { type Inline } from './nodes';
import { Typesetter } from './typesetter';

interface Drawn {
  readonly element: Node;
  node: Inline;
  children: readonly Drawn[];
}

/**
 * Draws inline nodes into its element, and changes only what differs from before. Templates could do it too, at ten comment nodes for each piece of
 * text. Nothing but the elements named here can appear, and `href` takes only what `safeLink` made.
 */
@Directive({ selector: '[echoInlines]' })
export class Inlines {
  readonly echoInlines = input.required<readonly Inline[]>();

  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly renderer = inject(Renderer2);
  private readonly typesetter = inject(Typesetter);
  private drawn: readonly Drawn[] = [];

  constructor() {
    effect(() => {
      this.drawn = this.drawAll(this.host, this.drawn, this.echoInlines());
    });
  }

  private drawAll(parent: Node, before: readonly Drawn[], nodes: readonly Inline[]): readonly Drawn[] {
    const drawn = nodes.map((node, index) => this.draw(parent, before[index], node));
    for (const { element } of before.slice(nodes.length)) this.renderer.removeChild(parent, element);
    return drawn;
  }

  private draw(parent: Node, before: Drawn | undefined, node: Inline): Drawn {
    if (before && isLike(before.node, node)) return this.redraw(before, node);
    const drawn: Drawn = { element: this.create(node), node, children: [] };
    if ('children' in node) drawn.children = this.drawAll(drawn.element, [], node.children);
    if (before) this.renderer.insertBefore(parent, drawn.element, before.element);
    else this.renderer.appendChild(parent, drawn.element);
    if (before) this.renderer.removeChild(parent, before.element);
    return drawn;
  }

  private redraw(drawn: Drawn, node: Inline): Drawn {
    if (drawn.node === node) return drawn;
    if ('text' in node && 'text' in drawn.node && node.text !== drawn.node.text) {
      this.renderer.setValue(node.kind === 'code' ? drawn.element.firstChild : drawn.element, node.text);
    }
    if ('children' in node) drawn.children = this.drawAll(drawn.element, drawn.children, node.children);
    drawn.node = node;
    return drawn;
  }

  private create(node: Inline): Node {
    switch (node.kind) {
      case 'text':
        return this.renderer.createText(node.text) as Text;
      case 'code': {
        const element = this.element('code', { dir: 'ltr' });
        this.renderer.appendChild(element, this.renderer.createText(node.text));
        return element;
      }
      case 'emphasis':
        return this.element('em', {});
      case 'strong':
        return this.element('strong', {});
      case 'deleted':
        return this.element('del', {});
      case 'link':
        return this.element('a', { href: node.href, title: node.title, target: '_blank', rel: 'noopener noreferrer nofollow' });
      case 'syntax':
        return this.element('span', { class: node.className });
      case 'formula': {
        const element = this.element('span', { class: node.display ? 'formula display' : 'formula', dir: 'ltr' }) as HTMLElement;
        this.renderer.appendChild(element, this.renderer.createText(node.source));
        void this.typesetter.set(element, node.tex, node.display);
        return element;
      }
      case 'note-mark': {
        const element = this.element('sup', {});
        const button = this.element('button', { type: 'button', 'data-note': `${node.number}`, 'aria-label': `Footnote ${node.number}` });
        this.renderer.appendChild(button, this.renderer.createText(`${node.number}`));
        this.renderer.appendChild(element, button);
        return element;
      }
      case 'break':
        return this.element('br', {});
      case 'caret':
        return this.element('span', { class: 'caret', 'aria-hidden': 'true' });
    }
  }

  private element(
    name: 'a' | 'br' | 'button' | 'code' | 'del' | 'em' | 'span' | 'strong' | 'sup',
    attributes: Readonly<Record<string, string>>,
  ): Node {
    const element = this.renderer.createElement(name) as HTMLElement;
    for (const [attribute, value] of Object.entries(attributes)) this.renderer.setAttribute(element, attribute, value);
    return element;
  }
}

/** Whether one can become the other by changing text and children only. */
function isLike(one: Inline, other: Inline): boolean {
  if (one.kind === 'link' && other.kind === 'link') return one.href === other.href && one.title === other.title;
  if (one.kind === 'syntax' && other.kind === 'syntax') return one.className === other.className;
  if (one.kind === 'formula' && other.kind === 'formula') return one.source === other.source && one.display === other.display;
  if (one.kind === 'note-mark' && other.kind === 'note-mark') return one.number === other.number;
  return one.kind === other.kind;
}
