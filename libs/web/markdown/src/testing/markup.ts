/** Elements, attributes and text; not their order of being set, nor Angular's own comment nodes, which depend on the past. */
export function markup(node: Node): string {
  if (node instanceof Text) return node.data;
  const children = [...node.childNodes].map(markup).join('');
  if (!(node instanceof Element)) return children;
  const attributes = [...node.attributes].filter(({ value }) => value !== '').map(({ name, value }) => `${name}=${JSON.stringify(value)}`);
  return `<${[node.localName, ...attributes.sort()].join(' ')}>${children}</${node.localName}>`;
}
