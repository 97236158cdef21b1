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

  it.each([
    ['is queued', { phase: 'queued' }, 'Waiting for a free place'],
    ['is tried again', { phase: 'retrying', detail: 'The model is busy.', waitMs: 8_000 }, 'The model is busy. Next try in 8 s'],
    ['is stalled', { phase: 'stalled' }, 'Nothing came for a while. It may go on, or you end it here.'],
    ['lost its connection', { phase: 'reconnecting', detail: 'The connection was lost.' }, 'The connection was lost.'],
    ['has a stand-in', { phase: 'waiting', detail: 'The model is busy.', model: 'spare/two' }, 'The model is busy. Asking two instead'],
  ] as const)('says once that an answer %s, and no more of it when it goes on', async (_how, status, words) => {
    await show({ status: { phase: 'connecting', since: Date.now() }, streamingMessage: answer('') });
    const heard: string[] = [];
    fixture.componentInstance.spoken.subscribe((spoken) => heard.push(spoken));
    await show({ status: { ...status, since: Date.now() } });
    await pass(3_000);
    await show({ status: { ...status, since: Date.now() } });
    await pass(3_000);
    expect(heard).toEqual([words]);
    await show({ status: { phase: 'streaming', since: Date.now() } });
    expect(heard).toEqual([words, '']);
  });

  it('says how long it lasts every ten seconds, in place of the progress that there is not', async () => {
    await show({ status: { phase: 'queued', since: Date.now() }, streamingMessage: answer('') });
    await pass(10_500);
    expect(spoken()).toBe('Waiting for a free place · 10 s');
  });

  it('says that there is no network, at rest and with a message on its way, and leaves the words of an end', async () => {
    const online = jest.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    window.dispatchEvent(new Event('offline'));
    await pass(0);
    expect(spoken()).toMatch('You are offline. What you write is kept');
    await show({ status: { phase: 'connecting', since: Date.now() }, streamingMessage: answer('one two') });
    expect(spoken()).toMatch('You are offline. Your message is sent');
    online.mockReturnValue(true);
    window.dispatchEvent(new Event('online'));
    await show({ status: { phase: 'idle', since: 0 }, streamingMessage: undefined, messages: [answer('one two', 'completed')] });
    expect(spoken()).toBe('Answer complete, 2 words');
    online.mockRestore();
  });

  it('hides its line from nobody', async () => {
    await show({ status: { phase: 'stalled', since: Date.now() }, streamingMessage: answer('') });
    expect(fixture.nativeElement.querySelector('[aria-hidden]')).toBeNull();
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
