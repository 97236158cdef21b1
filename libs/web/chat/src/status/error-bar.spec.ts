import { Component, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { type ChatError } from '@echo/web-chat-client';
import { ErrorBar } from './error-bar';
import { PartMissing } from './part-missing';

const ERROR: ChatError = { message: 'The database is not available.', code: 'storage_unavailable', retryable: true, action: 'retry' };

@Component({
  selector: 'echo-page',
  imports: [ErrorBar, PartMissing],
  template: `
    <echo-error-bar [error]="error()" />
    @if (isMissing()) {
      <echo-part-missing />
    }
  `,
})
class Page {
  readonly error = signal<ChatError | undefined>(undefined);
  readonly isMissing = signal(false);
}

describe('ErrorBar', () => {
  it('is the one alert, there before there is anything to say, also for what other parts show', async () => {
    const fixture = TestBed.createComponent(Page);
    const alerts = () => [...(fixture.nativeElement as HTMLElement).querySelectorAll('[role="alert"], [aria-live]')];
    await fixture.whenStable();
    expect(alerts().map(({ textContent }) => textContent.trim())).toEqual(['']);
    const [region] = alerts();
    fixture.componentInstance.isMissing.set(true);
    await fixture.whenStable();
    expect(alerts()).toEqual([region]);
    expect(region?.textContent.trim()).toBe('A part of this page could not be loaded.');
    fixture.componentInstance.isMissing.set(false);
    fixture.componentInstance.error.set(ERROR);
    await fixture.whenStable();
    expect(alerts()).toEqual([region]);
    expect(region?.textContent).toContain('The database is not available.');
    expect(region?.textContent).not.toContain('could not be loaded');
  });
});
