/** Where the element that had the focus has gone, gives it to the first of `wanted` that takes it: what is gone or hidden does not. */
export function regainFocus(document: Document, ...wanted: readonly (HTMLElement | null | undefined)[]): void {
  for (const element of wanted) {
    if (document.activeElement !== null && document.activeElement !== document.body) return;
    element?.focus({ preventScroll: true });
  }
}
