import { type Locator } from 'playwright-core';

/** Selects a word as a person does, by a double click on it. */
export async function selectWord(within: Locator, word: string): Promise<void> {
  const place = await within.evaluate((element, wanted) => {
    const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      const start = text.textContent?.indexOf(wanted) ?? -1;
      if (start < 0) continue;
      const range = document.createRange();
      range.setStart(text, start);
      range.setEnd(text, start + wanted.length);
      const { x, y, width, height } = range.getBoundingClientRect();
      return { x: x + width / 2, y: y + height / 2 };
    }
    throw new Error(`There is no word ${wanted}.`);
  }, word);
  await within.page().mouse.dblclick(place.x, place.y);
  expect(await selectionOf(within)).toBe(word);
}

/** What is selected on the page of an element. Windows' browsers take a space behind a word with it. */
export async function selectionOf(on: Locator): Promise<string> {
  return on.page().evaluate(() => (getSelection()?.toString() ?? '').trimEnd());
}
