import { Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { PageAlert } from '@echo/web-forms/page-alert';
import { PageFailed } from './page-failed';

@Component({ selector: 'echo-voice', template: '' })
class Voice {
  constructor() {
    TestBed.inject(PageAlert).lend();
  }
}

describe('PageFailed', () => {
  async function show(): Promise<HTMLElement> {
    const fixture = TestBed.createComponent(PageFailed);
    fixture.componentRef.setInput('fault', { words: 'Something on this page went wrong.', detail: 'x' });
    await fixture.whenStable();
    return document.body.appendChild(fixture.nativeElement as HTMLElement);
  }

  it('is an alert where the page has none', async () => {
    const panel = await show();
    expect(panel.getAttribute('role')).toBe('alert');
    const page = TestBed.createComponent(Voice);
    await page.whenStable();
    TestBed.tick();
    expect(panel.getAttribute('role')).toBe('region');
    panel.remove();
  });

  it('gives the focus back when one goes on', async () => {
    const before = document.body.appendChild(document.createElement('input'));
    before.focus();
    const panel = await show();
    const button = [...panel.querySelectorAll('button')].find(({ textContent }) => textContent === 'Go on as it is');
    button?.focus();
    button?.click();
    expect(document.activeElement).toBe(before);
    panel.remove();
    before.remove();
  });
});
