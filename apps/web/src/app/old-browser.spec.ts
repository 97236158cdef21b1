import { isTooOld, showOldBrowser } from './old-browser';

const browser = (has: boolean, supports: boolean) =>
  ({ HTMLElement: { prototype: has ? { popover: null } : {} }, CSS: { supports: () => supports } }) as unknown as typeof globalThis;

it('finds a browser too old that lacks popovers or selectors by what is within', () => {
  expect(isTooOld(browser(true, true))).toBe(false);
  expect(isTooOld(browser(false, true))).toBe(true);
  expect(isTooOld(browser(true, false))).toBe(true);
});

it('says which browsers are new enough', () => {
  showOldBrowser(document);
  expect(document.body.textContent).toMatch(/too old.*Chrome or Edge 120, Firefox 125, Safari 17\.2/);
});
