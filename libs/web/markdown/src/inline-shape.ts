import { type Inline } from './nodes';
import { CARET, element, type ElementShape, NO_ATTRIBUTES, type Shape, text } from './shape';

const LINK = { target: '_blank', rel: 'noopener noreferrer nofollow' };
const CODE = { dir: 'ltr' };

export function inlineShapes(nodes: readonly Inline[]): Shape[] {
  return nodes.map(toShape);
}

export function linkShape(href: string, title: string, children: readonly Shape[] = []): ElementShape {
  return element('a', { href, title, ...LINK }, children);
}

function toShape(node: Inline): Shape {
  switch (node.kind) {
    case 'text':
      return text(node.text);
    case 'code':
      return element('code', CODE, [text(node.text)]);
    case 'emphasis':
      return element('em', NO_ATTRIBUTES, inlineShapes(node.children));
    case 'strong':
      return element('strong', NO_ATTRIBUTES, inlineShapes(node.children));
    case 'deleted':
      return element('del', NO_ATTRIBUTES, inlineShapes(node.children));
    case 'link':
      return linkShape(node.href, node.title, inlineShapes(node.children));
    case 'syntax':
      return element('span', { class: node.className }, inlineShapes(node.children));
    case 'formula': {
      const { tex, display } = node;
      return {
        ...element('span', { class: display ? 'formula display' : 'formula', dir: 'ltr' }, [text(node.source)]),
        formula: { tex, display },
      };
    }
    case 'note-mark': {
      const attributes = { type: 'button', 'data-note': `${node.number}`, 'aria-label': `Footnote ${node.number}` };
      return element('sup', NO_ATTRIBUTES, [element('button', attributes, [text(`${node.number}`)])]);
    }
    case 'break':
      return element('br');
    case 'caret':
      return CARET;
  }
}
