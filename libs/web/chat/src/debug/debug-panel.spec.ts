import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { StreamWatch } from '@echo/web-chat-client';
import { DebugPanel } from './debug-panel';

describe('DebugPanel', () => {
  let fixture: ComponentFixture<DebugPanel>;
  const root = () => fixture.nativeElement as HTMLElement;
  const cells = () =>
    [...root().querySelectorAll('tbody tr')].map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent));

  async function pass(milliseconds: number): Promise<void> {
    await jest.advanceTimersByTimeAsync(milliseconds);
    fixture.detectChanges();
  }

  beforeEach(async () => {
    jest.useFakeTimers();
    fixture = TestBed.createComponent(DebugPanel);
    fixture.componentRef.setInput('status', { phase: 'waiting', since: 0 });
    fixture.detectChanges();
    await pass(0);
  });

  afterEach(() => {
    fixture.destroy();
    jest.useRealTimers();
  });

  it('shows what happens on each connection, with times and numbers', async () => {
    const tell = TestBed.inject(StreamWatch).begin('POST /chat');
    await pass(1_250);
    tell({ kind: 'opened' });
    tell({ kind: 'bytes', count: 120 });
    tell({ kind: 'event', seq: 1, type: 'start', chars: 0 });
    tell({ kind: 'event', seq: 2, type: 'content', chars: 5 });
    tell({ kind: 'ended', how: 'cut' });
    await pass(250);
    expect(cells()).toEqual([
      ['+0.000', '#1', '', 'POST /chat'],
      ['+1.250', '#1', '', 'the server began to answer'],
      ['+1.250', '#1', '', '120 bytes'],
      ['+1.250', '#1', '1', 'start'],
      ['+1.250', '#1', '2', 'content, 5 characters'],
      ['+1.250', '#1', '', 'cut'],
    ]);
    expect(root().querySelector('header')?.textContent).toContain('connections 1 · events 2 · last number 2 · bytes');
  });

  it('names what holds the text back', async () => {
    const tell = TestBed.inject(StreamWatch).begin('POST /chat');
    await pass(6_000);
    for (let seq = 1; seq <= 10; seq++) tell({ kind: 'event', seq, type: 'content', chars: 5 });
    await pass(250);
    expect(root().querySelector('.finding')?.textContent).toContain('a proxy on the way buffers the answer');
  });

  it('looks no more once it is closed', () => {
    fixture.destroy();
    expect(jest.getTimerCount()).toBe(0);
  });
});
