/** Elements that begin on a line of their own, and those that stand apart by an empty one. */
const LINES = 'li, tr, hr, p, h1, h2, h3, h4, h5, h6, ul, ol, blockquote, pre, table';
const APART = 'p, h1, h2, h3, h4, h5, h6, ul, ol, blockquote, pre, table, hr';

/** Formatted text as one would write it on a typewriter: items with their signs, cells with tabs between them, formulas as TeX. */
export function plainTextOf(element: Element): string {
  return childrenOf(element).trim();
}

function childrenOf(element: Element): string {
  let text = '';
  for (const node of element.childNodes) {
    if (node instanceof Text) text += node.data;
    else if (node instanceof Element) text = joined(text, node);
  }
  return text;
}

function joined(before: string, element: Element): string {
  if (element.localName === 'br') return `${before}\n`;
  const own = written(element);
  if (!element.matches(LINES)) return before + own;
  // Items and what stands in them are close together.
  const isApart = element.matches(APART) && element.closest('li') === null;
  const start = before === '' ? '' : before.trimEnd() + (isApart ? '\n\n' : '\n');
  return `${start}${own}${isApart ? '\n\n' : '\n'}`;
}

function written(element: Element): string {
  switch (element.localName) {
    case 'math':
      return element.querySelector('annotation')?.textContent ?? element.textContent;
    case 'pre':
      return element.textContent.replace(/\n$/, '');
    case 'hr':
      return '---';
    case 'li':
      return `${markOf(element)}${childrenOf(element).trim().replaceAll('\n', '\n  ')}`;
    case 'tr':
      return [...element.children].map((cell) => childrenOf(cell).trim()).join('\t');
    default:
      return element.matches(LINES) ? childrenOf(element).trim() : childrenOf(element);
  }
}

function markOf(item: Element): string {
  const list = item.parentElement;
  if (list?.localName !== 'ol') return '- ';
  const first = Number(list.getAttribute('start') ?? 1);
  return `${first + [...list.children].indexOf(item)}. `;
}
