import { copyBySelection } from './copy-by-selection';

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
