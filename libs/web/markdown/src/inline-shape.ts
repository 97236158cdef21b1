import { type Inline } from './nodes';
import { CARET, element, type ElementShape, NO_ATTRIBUTES, type Shape, text } from './shape';

const LINK = { target: '_blank', rel: 'noopener noreferrer nofollow' };
const CODE = { dir: 'ltr' };
const FORMULA = { class: 'formula', dir: 'ltr' };
/** A wide one scrolls. */
const DISPLAY_FORMULA = { class: 'formula display', dir: 'ltr', role: 'group', 'aria-label': 'Formula', tabindex: '0' };

export function inlineShapes(nodes: readonly Inline[]): Shape[] {
  return nodes.map(toShape);
}

/**
 * @param target where it leads, for a person to read
 * @param words what it says itself: when that is not where it leads, the target is shown behind it
 */
export function linkShape(href: string, target: string, words: string, children: readonly Shape[] = []): ElementShape {
  const away = names(words.toLowerCase(), target.toLowerCase()) ? null : { class: 'away' };
  return element('a', { href, title: target, ...LINK, ...away }, children);
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
      return linkShape(node.href, node.title, wordsOf(node), inlineShapes(node.children));
    case 'formula': {
      const { tex, display } = node;
      return {
        ...element('span', display ? DISPLAY_FORMULA : FORMULA, [text(node.source)]),
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

/** Whether `target` stands in `words`, and not as a part of another name. */
function names(words: string, target: string): boolean {
  const at = words.indexOf(target);
  return at >= 0 && !/[\w.@-]/.test(words.charAt(at - 1)) && !/^(?:[\w-]|\.\w)/.test(words.slice(at + target.length));
}

function wordsOf(node: Inline): string {
  return 'children' in node ? node.children.map(wordsOf).join('') : 'text' in node ? node.text : '';
}
