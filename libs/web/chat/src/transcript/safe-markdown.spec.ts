import { Component, effect, ErrorHandler, input } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { MarkdownView } from '@echo/web-markdown';
import { SafeMarkdown } from './safe-markdown';

/** Draws in an effect, as the real one does. */
@Component({ selector: 'echo-markdown', template: '' })
class BrokenMarkdown {
  readonly text = input.required<string>();
  readonly streaming = input(false);

  constructor() {
    effect(() => {
      throw new Error(`${this.text()} cannot be drawn`);
    });
  }
}

describe('SafeMarkdown', () => {
  it('shows the plain text of what cannot be drawn', async () => {
    const reported: unknown[] = [];
    TestBed.configureTestingModule({
      providers: [{ provide: ErrorHandler, useValue: { handleError: (error: unknown) => reported.push(error) } }],
    });
    TestBed.overrideComponent(SafeMarkdown, { remove: { imports: [MarkdownView] }, add: { imports: [BrokenMarkdown] } });
    const fixture = TestBed.createComponent(SafeMarkdown);
    fixture.componentRef.setInput('text', '**as it came**');
    await fixture.whenStable();
    expect((fixture.nativeElement as HTMLElement).textContent.trim()).toBe('**as it came**');
    expect(reported).toHaveLength(1);
  });
});
