/** Says that the page could not start, where there is no page that could. `error` goes to the console, too. */
export function showFailedStart(document: Document, error: unknown): void {
  const main = document.createElement('main');
  main.append(paragraph(document, 'h1', 'EchoV2 could not start'));
  main.append(paragraph(document, 'p', 'Load the page again. If it stays like this, tell whoever runs this server:'));
  main.append(paragraph(document, 'pre', error instanceof Error ? error.message : String(error)));
  document.body.replaceChildren(main);
  main.style.cssText = 'max-width: 34rem; margin: 20vh auto; padding: 1rem';
  reportError(error);
}

function paragraph(document: Document, name: 'h1' | 'p' | 'pre', text: string): HTMLElement {
  const element = document.createElement(name);
  element.textContent = text;
  return element;
}
