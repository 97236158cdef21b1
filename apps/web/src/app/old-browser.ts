/** Whether a browser lacks what the page cannot do without, though it started it. Those that are named below have all of it. */
export function isTooOld({ HTMLElement, CSS }: Pick<typeof globalThis, 'HTMLElement' | 'CSS'>): boolean {
  return !('popover' in HTMLElement.prototype) || !CSS.supports('selector(p:has(p))');
}

/** Says so, in place of the page. */
export function showOldBrowser(document: Document): void {
  const main = document.createElement('main');
  const heading = document.createElement('h1');
  heading.textContent = 'This browser is too old';
  const words = document.createElement('p');
  words.textContent = 'EchoV2 needs Chrome or Edge 120, Firefox 125, Safari 17.2, or newer. Nothing that you wrote is lost.';
  main.append(heading, words);
  main.style.cssText = 'max-width: 34rem; margin: 20vh auto; padding: 1rem';
  document.body.replaceChildren(main);
}
