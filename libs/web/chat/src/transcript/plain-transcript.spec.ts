import { TestBed } from '@angular/core/testing';
import { type ChatMessage } from '@echo/web-chat-client';
import { PageAlert } from '@echo/web-forms/page-alert';
import { PlainTranscript } from './plain-transcript';

describe('PlainTranscript', () => {
  it('shows every message as it is, says why, and offers to reload', async () => {
    const fixture = TestBed.createComponent(PlainTranscript);
    const messages = ['**Question**', '<b>Answer</b>'].map((text, index) => ({ key: `${index}`, text }) as ChatMessage);
    fixture.componentRef.setInput('messages', messages);
    await fixture.whenStable();
    const root = fixture.nativeElement as HTMLElement;
    expect([...root.querySelectorAll('article')].map((article) => article.textContent)).toEqual(['**Question**', '<b>Answer</b>']);
    expect(root.querySelector('echo-part-missing')?.textContent).toContain('could not be loaded');
    expect(TestBed.inject(PageAlert).words()).toContain('could not be loaded');
    expect(root.querySelector('button')?.textContent.trim()).toBe('Reload');
  });
});
