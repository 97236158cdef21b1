import { copyShown } from './copy-shown';

const SHOWN = { html: '<p>One <b>two</b></p>', text: 'One two' };

/** Keeps what it is given; jsdom has none. */
class FakeItem {
  constructor(readonly parts: Record<string, Blob>) {}
}

/** jsdom's blobs cannot be read but so. */
const read = (blob: Blob | undefined) =>
  new Promise<unknown>((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    if (blob) reader.readAsText(blob);
  });

describe('copyShown', () => {
  afterEach(() => {
    Reflect.deleteProperty(navigator, 'clipboard');
    Reflect.deleteProperty(window, 'ClipboardItem');
    Reflect.deleteProperty(document, 'execCommand');
  });

  /** A browser whose command copies what the listeners put there. */
  function copyByCommand(): Map<string, string> {
    const copied = new Map<string, string>();
    const clipboardData = { setData: (type: string, text: string) => copied.set(type, text) };
    Object.assign(document, {
      execCommand: () => document.dispatchEvent(Object.assign(new Event('copy', { cancelable: true }), { clipboardData })) || true,
    });
    return copied;
  }

  it('gives other programs both kinds', async () => {
    const written: FakeItem[] = [];
    Object.assign(window, { ClipboardItem: FakeItem });
    Object.assign(navigator, { clipboard: { write: (items: FakeItem[]) => Promise.resolve(void written.push(...items)) } });
    expect(await copyShown(SHOWN)).toBe(true);
    expect(await read(written[0]?.parts['text/html'])).toBe(SHOWN.html);
    expect(await read(written[0]?.parts['text/plain'])).toBe(SHOWN.text);
  });

  it('does so without a secure context, and listens no longer than that', async () => {
    const copied = copyByCommand();
    expect(await copyShown(SHOWN)).toBe(true);
    const both = { 'text/html': SHOWN.html, 'text/plain': SHOWN.text };
    expect(Object.fromEntries(copied)).toEqual(both);
    copied.clear();
    document.execCommand('copy');
    expect(copied.size).toBe(0);
  });

  it('does so where the clipboard is refused', async () => {
    Object.assign(window, { ClipboardItem: FakeItem });
    Object.assign(navigator, { clipboard: { write: () => Promise.reject(new DOMException('no', 'NotAllowedError')) } });
    const copied = copyByCommand();
    expect(await copyShown(SHOWN)).toBe(true);
    expect(copied.size).toBe(2);
  });

  it('says that nothing was copied where the browser allows neither', async () => {
    Object.assign(document, { execCommand: () => false });
    expect(await copyShown(SHOWN)).toBe(false);
  });
});
