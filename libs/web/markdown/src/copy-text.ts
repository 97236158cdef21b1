/** Puts `text` on the clipboard; false when the browser does not allow it. Works on plain HTTP too, where there is no `navigator.clipboard`. */
export async function copyText(text: string, document: Document): Promise<boolean> {
  // Absent outside secure contexts, whatever the types say.
  const clipboard: Clipboard | undefined = document.defaultView?.navigator.clipboard;
  if (clipboard) {
    try {
      await clipboard.writeText(text);
      return true;
    } catch {
      // Refused by a permission or a policy: the selection may still be copied.
    }
  }
  return copySelected(text, document);
}

function copySelected(text: string, document: Document): boolean {
  const focused = document.activeElement;
  const field = document.createElement('textarea');
  field.value = text;
  field.readOnly = true;
  field.setAttribute('aria-hidden', 'true');
  field.style.position = 'fixed';
  field.style.opacity = '0';
  document.body.append(field);
  try {
    field.focus({ preventScroll: true });
    field.select();
    return document.execCommand('copy');
  } catch {
    // Some browsers throw where others return false.
    return false;
  } finally {
    field.remove();
    if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  }
}
