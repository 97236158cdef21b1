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

  it('names a limit of the way from two long answers, and counts all of them', async () => {
    for (const after of [0, 2_500]) {
      const tell = TestBed.inject(StreamWatch).begin('a stream', after > 0);
      for (let seq = after + 1; seq <= after + 2_500; seq++) {
        if (seq % 25 === 0) await jest.advanceTimersByTimeAsync(300);
        tell({ kind: 'bytes', count: 10 });
        tell({ kind: 'event', seq, type: 'content', chars: 5 });
      }
      tell({ kind: 'ended', how: 'cut' });
    }
    await pass(250);
    expect(root().querySelector('.finding')?.textContent).toContain('Connections end again and again after about 30 s');
    const sums = 'connections 2 · events 5000 · last number 5000 · bytes 50000';
    expect(root().querySelector('header')?.textContent.replaceAll(/\s+/g, ' ')).toContain(sums);
    expect(cells().at(-1)).toEqual(['+60.000', '#2', '', 'cut']);
  });

  it('looks no more once it is closed', () => {
    fixture.destroy();
    expect(jest.getTimerCount()).toBe(0);
  });
});
