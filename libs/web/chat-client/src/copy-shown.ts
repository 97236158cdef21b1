import { copyBySelection } from './copy-by-selection';

/** Copies formatted text for programs that take it, and `text` for the others; whether it worked. Works without a secure context, too. */
export async function copyShown(
  { html, text }: { readonly html: string; readonly text: string },
  page: Document = document,
): Promise<boolean> {
  const view = page.defaultView;
  // Absent outside secure contexts, whatever the types say.
  const clipboard: Partial<Clipboard> | undefined = view?.navigator.clipboard;
  const Item = (view as { ClipboardItem?: typeof ClipboardItem } | null)?.ClipboardItem;
  if (clipboard?.write !== undefined && Item !== undefined) {
    try {
      await clipboard.write([
        new Item({ 'text/html': new Blob([html], { type: 'text/html' }), 'text/plain': new Blob([text], { type: 'text/plain' }) }),
      ]);
      return true;
    } catch {
      // Refused, as in `copyText`: a selection may still be allowed.
    }
  }
  return copyByEvent(html, text, page);
}

/** Lets a selection be copied, and puts the formatted text in as it is. */
function copyByEvent(html: string, text: string, page: Document): boolean {
  const fill = (event: ClipboardEvent): void => {
    event.clipboardData?.setData('text/html', html);
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
  };
  page.addEventListener('copy', fill);
  const copied = copyBySelection(text, page);
  page.removeEventListener('copy', fill);
  return copied;
}
