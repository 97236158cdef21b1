import { Component, ErrorHandler, input } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { MarkdownView } from '@echo/web-markdown';
import { SafeMarkdown } from './safe-markdown';

@Component({ selector: 'echo-markdown', template: '{{ fail() }}' })
class BrokenMarkdown {
  readonly text = input.required<string>();
  readonly streaming = input(false);

  protected fail(): string {
    throw new Error('cannot be drawn');
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
