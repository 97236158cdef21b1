import { TestBed } from '@angular/core/testing';
import { MarkdownView } from './markdown-view';

it('shows Markdown as elements', async () => {
  const fixture = TestBed.createComponent(MarkdownView);
  fixture.componentRef.setInput('text', '# Hi *there*\n\n- a\n- `b`\n');
  await fixture.whenStable();
  const element = fixture.nativeElement as HTMLElement;
  expect(element.querySelector('h1 em')?.textContent).toBe('there');
  expect([...element.querySelectorAll('ul > li')].map((item) => item.textContent)).toEqual(['a', 'b']);
});
