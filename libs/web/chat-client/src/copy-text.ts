/** Copies `text`; whether it worked. Without a secure context (plain HTTP in an intranet) there is no clipboard API: a selection does it there. */
export async function copyText(text: string, page: Document = document): Promise<boolean> {
  const clipboard: Clipboard | undefined = page.defaultView?.navigator.clipboard;
  if (clipboard === undefined) return copyBySelection(text, page);
  try {
    await clipboard.writeText(text);
    return true;
  } catch {
    // Refused by a permission or because the page is not focused; both are the browser's to decide, and the selection may still be allowed.
    return copyBySelection(text, page);
  }
}

function copyBySelection(text: string, page: Document): boolean {
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
