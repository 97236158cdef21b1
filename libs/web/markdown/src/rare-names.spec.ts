import { ApplicationRef } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { MarkdownDrawing } from './markdown-drawing';

let isOnline = false;
jest.mock('entities/decode', () => ({
  get decodeHTMLStrict(): unknown {
    if (!isOnline) throw new Error('The site cannot be reached.');
    return jest.requireActual<Record<string, unknown>>('entities/decode')['decodeHTMLStrict'];
  },
}));

describe('a text with the rare name of a character', () => {
  async function shown(text: string): Promise<string> {
    const host = document.createElement('div');
    TestBed.runInInjectionContext(() => new MarkdownDrawing(host)).show(text, false);
    await TestBed.inject(ApplicationRef).whenStable();
    return host.textContent;
  }

  it('stays as it was typed while what those names mean cannot be loaded, and the next one asks again', async () => {
    expect(await shown('In &HilbertSpace; & more')).toBe('In &HilbertSpace; & more');
    isOnline = true;
    expect(await shown('In &HilbertSpace; again')).toBe('In \u210b again');
  });
});
