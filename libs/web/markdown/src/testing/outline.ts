/** Elements and text in one line; white space counts in code only. */
export function outline(nodes: Iterable<Node>, isCode = false): string {
  return [...nodes]
    .map((node) => {
      if (node instanceof Text) return isCode ? node.data : node.data.replace(/\s+/g, ' ');
      if (!(node instanceof Element)) return '';
      return `<${tagOf(node)}>${outline(node.childNodes, isCode || node.localName === 'pre')}</${node.localName}>`;
    })
    .join('')
    .replace(/ ?(<\/?(?:p|h\d|ul|ol|li|blockquote|pre|hr|br|table|thead|tbody|tr|th|td)\b[^>]*>) ?/g, (whole, tag: string) =>
      isCode ? whole : tag,
    )
    .trim();
}

function tagOf(element: Element): string {
  const kept = ['href', 'start'].flatMap((name) =>
    element.hasAttribute(name) ? `${name}=${decodeURI(element.getAttribute(name) ?? '')}` : [],
  );
  return [element.localName, ...kept].join(' ');
}

/** The outline of what we show. */
export function shown(element: Element): string {
  return outline(bare(element).childNodes);
}

/** What we show, without what stands around it: bars, boxes and paragraphs in lists that need none. */
export function bare(element: Element): Element {
  const copy = element.cloneNode(true) as Element;
  for (const each of copy.querySelectorAll('.bar, .check')) each.remove();
  for (const paragraph of copy.querySelectorAll(':is(ul, ol):not(.loose) > li > p')) paragraph.replaceWith(...paragraph.childNodes);
  for (const each of copy.querySelectorAll('.code, .scroll')) each.replaceWith(...each.childNodes);
  for (const each of copy.querySelectorAll('pre span')) each.replaceWith(...each.childNodes);
  copy.normalize();
  return copy;
}
