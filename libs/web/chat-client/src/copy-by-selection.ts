/** Copies by selecting `text` in a box that nobody sees, as browsers allow without a secure context; whether it worked. */
export function copyBySelection(text: string, page: Document): boolean {
  const focused = page.activeElement;
  const box = page.createElement('textarea');
  box.value = text;
  box.style.position = 'fixed';
  box.style.opacity = '0';
  // Inside an open modal dialog only the dialog's own content can be selected.
  (page.querySelector('dialog[open]') ?? page.body).append(box);
  box.select();
  const copied = page.execCommand('copy');
  box.remove();
  if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  return copied;
}
