import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { type ChatMessage } from '@echo/web-chat-client';
import { StatusLine } from './status-line';

const answer = (text: string, state: ChatMessage['state'] = 'streaming') =>
  ({ key: 'a', role: 'assistant', text, reasoning: '', model: 'gpt-4', startedAt: Date.now(), state }) as ChatMessage;

describe('StatusLine', () => {
  let fixture: ComponentFixture<StatusLine>;
  const spoken = () => fixture.componentInstance.spoken();

  async function show(inputs: Record<string, unknown>): Promise<void> {
    for (const [name, value] of Object.entries(inputs)) fixture.componentRef.setInput(name, value);
    await pass(0);
  }

  async function pass(milliseconds: number): Promise<void> {
    // By hand: with the clock held, Angular's own scheduling never comes to rest.
    fixture.detectChanges();
    await jest.advanceTimersByTimeAsync(milliseconds);
    fixture.detectChanges();
  }

  beforeEach(async () => {
    jest.useFakeTimers();
    fixture = TestBed.createComponent(StatusLine);
    await show({ status: { phase: 'idle', since: 0 }, messages: [] });
  });

  afterEach(() => {
    fixture.destroy();
    jest.useRealTimers();
  });

  it('speaks at the start, every ten seconds and at the end, never per token', async () => {
    const heard: string[] = [];
    fixture.componentInstance.spoken.subscribe((words) => heard.push(words));
    const since = Date.now();
    await show({ status: { phase: 'streaming', since }, streamingMessage: answer('') });
    for (let words = 1; words <= 120; words++) {
      await show({ streamingMessage: answer('word '.repeat(words)) });
      await pass(100);
    }
    await show({ status: { phase: 'idle', since }, streamingMessage: undefined, messages: [answer('word '.repeat(120), 'completed')] });
    expect(heard[0]).toBe('gpt-4 is answering');
    expect(heard[1]).toMatch(/^Still answering, \d+ words$/);
    expect(heard[2]).toBe('Answer complete, 120 words');
    expect(heard).toHaveLength(3);
  });

  it('names the model once the server has told it', async () => {
    const sent = { ...answer(''), model: null };
    await show({ status: { phase: 'connecting', since: Date.now() }, streamingMessage: sent });
    expect(spoken()).toBe('');
    await show({ streamingMessage: { ...sent, model: 'gpt-4' } });
    expect(spoken()).toBe('gpt-4 is answering');
  });

  it('speaks of the wait where the model is told only at the end', async () => {
    await show({ status: { phase: 'connecting', since: Date.now() }, streamingMessage: { ...answer(''), model: null } });
    await pass(2_000);
    expect(spoken()).toBe('Waiting for the answer');
  });

  it('shows the passing seconds', async () => {
    await show({ status: { phase: 'waiting', since: Date.now() }, streamingMessage: answer('') });
    await pass(3000);
    expect(fixture.nativeElement.textContent).toContain('Waiting for gpt-4 · 3 s');
  });

  it('offers an end when nothing comes any more', async () => {
    let ends = 0;
    fixture.componentInstance.givenUp.subscribe(() => ends++);
    await show({ status: { phase: 'stalled', since: Date.now() }, streamingMessage: answer('') });
    (fixture.nativeElement as HTMLElement).querySelector('button')?.click();
    expect(ends).toBe(1);
  });

  it('has no timer at rest', async () => {
    await show({ status: { phase: 'waiting', since: Date.now() } });
    await pass(100);
    expect(jest.getTimerCount()).toBe(1);
    await show({ status: { phase: 'idle', since: Date.now() } });
    await pass(100);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('keeps silent about what was there before', () => {
    expect(spoken()).toBe('');
  });
});
