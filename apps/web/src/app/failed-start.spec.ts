import { showFailedStart } from './failed-start';

describe('showFailedStart', () => {
  it('says in the place of the page that it could not start, and why', () => {
    const reported: unknown[] = [];
    Object.assign(globalThis, { reportError: (error: unknown) => reported.push(error) });
    const page = document.implementation.createHTMLDocument();
    const error = new Error('No provider for <Thing>');
    showFailedStart(page, error);
    expect(page.querySelector('h1')?.textContent).toBe('EchoV2 could not start');
    expect(page.querySelector('pre')?.textContent).toBe('No provider for <Thing>');
    expect(reported).toEqual([error]);
  });
});
