/** Changes what stands in `element` to something that reads the same, and leaves selected there what was selected. */
export function keepSelection(element: Element, change: () => void): void {
  const selection = element.ownerDocument.getSelection();
  if (!selection || selection.isCollapsed) {
    change();
    return;
  }
  const { anchorNode, anchorOffset, focusNode, focusOffset } = selection;
  const anchor = offsetIn(element, anchorNode, anchorOffset);
  const focus = offsetIn(element, focusNode, focusOffset);
  change();
  if (!anchorNode || !focusNode || (anchor === null && focus === null)) return;
  const [from, to] = [anchor === null ? null : pointAt(element, anchor), focus === null ? null : pointAt(element, focus)];
  selection.setBaseAndExtent(
    from?.node ?? anchorNode,
    from?.offset ?? anchorOffset ?? 0,
    to?.node ?? focusNode,
    to?.offset ?? focusOffset ?? 0,
  );
}

/** Characters in `element` before the point; null: the point is elsewhere. */
function offsetIn(element: Element, node: Node | null, offset: number): number | null {
  if (!node || !element.contains(node)) return null;
  const range = element.ownerDocument.createRange();
  range.selectNodeContents(element);
  range.setEnd(node, offset);
  return range.toString().length;
}

function pointAt(element: Element, offset: number): { node: Node; offset: number } {
  const texts = element.ownerDocument.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let left = offset;
  let last: Node | null = null;
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const { length } = text as Text;
    if (left <= length) return { node: text, offset: left };
    left -= length;
    last = text;
  }
  return last ? { node: last, offset: (last as Text).length } : { node: element, offset: 0 };
}
