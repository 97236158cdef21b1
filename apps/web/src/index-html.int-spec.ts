import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const page = new DOMParser().parseFromString(readFileSync(join(__dirname, 'index.html'), 'utf8'), 'text/html');

/** The security policy allows none of these; a page that had them would lose them without a word. */
describe('index.html', () => {
  it('has a place for the nonce of each response', () => {
    expect(page.querySelector('echo-root')?.getAttribute('ngCspNonce')).toBe('__CSP_NONCE__');
  });

  it('has no base address, no scripts, no styles and no handlers of its own', () => {
    expect(page.querySelectorAll('base, script, style, [style]')).toHaveLength(0);
    const attributes = [...page.querySelectorAll('*')].flatMap((element) => element.getAttributeNames());
    expect(attributes.filter((name) => name.startsWith('on'))).toEqual([]);
  });

  it('loads nothing from elsewhere', () => {
    const links = [...page.querySelectorAll('[href], [src]')].map((element) => element.getAttribute('href') ?? element.getAttribute('src'));
    expect(links.length).toBeGreaterThan(0);
    expect(links.filter((link) => !/^\/[^/]/.test(link ?? ''))).toEqual([]);
  });
});
