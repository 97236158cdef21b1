import { ErrorHandler } from '@angular/core';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { type ChatMessage } from '@echo/web-chat-client';
import { MessageList } from './message-list';
import { MessageRows } from './message-rows';

const message = (change: Partial<ChatMessage>): ChatMessage => ({
  key: `m${change.id ?? 'new'}`,
  parentId: null,
  role: 'assistant',
  text: 'Text',
  reasoning: '',
  state: 'completed',
  provider: 'openai',
  model: 'gpt-4',
  usage: null,
  error: null,
  finishReason: 'stop',
  runId: null,
  createdAt: new Date(0),
  siblings: [],
  ...change,
});
const question = (change: Partial<ChatMessage> = {}) => message({ role: 'user', model: null, provider: null, text: 'Question', ...change });

describe('MessageList', () => {
  let fixture: ComponentFixture<MessageList>;
  const all = <T extends HTMLElement>(selector: string) => [...(fixture.nativeElement as HTMLElement).querySelectorAll<T>(selector)];
  const button = (name: string) =>
    all<HTMLButtonElement>('button').filter((entry) => (entry.getAttribute('aria-label') ?? entry.textContent.trim()) === name);

  async function show(messages: readonly ChatMessage[], inputs: Record<string, unknown> = {}): Promise<void> {
    fixture.componentRef.setInput('messages', messages);
    for (const [name, value] of Object.entries(inputs)) fixture.componentRef.setInput(name, value);
    await fixture.whenStable();
  }

  beforeEach(() => {
    sessionStorage.clear();
    fixture = TestBed.createComponent(MessageList);
    document.body.append(fixture.nativeElement);
  });

  afterEach(() => fixture.nativeElement.remove());

  it('is a log that keeps silent, named Conversation', async () => {
    await show([question({ id: 1 })]);
    const log = all('[role="log"]')[0];
    expect(log?.getAttribute('aria-label')).toBe('Conversation');
    expect(log?.getAttribute('aria-live')).toBe('off');
  });

  it('names each message by who wrote it', async () => {
    await show([question({ id: 1 }), message({ id: 2 }), message({ id: 3, provider: 'guide', model: 'guide' })]);
    const names = all('article').map((article) => document.getElementById(article.getAttribute('aria-labelledby') ?? '')?.textContent);
    expect(names).toEqual(['You', 'Answer by gpt-4', 'Answer of the Guide, built-in, not an AI']);
  });

  it('shows what a person wrote as it is: HTML, Markdown and white space', async () => {
    const text = '<b>bold</b> **not bold**\n  indented';
    await show([question({ id: 1, text })]);
    expect(all('.text')[0]?.textContent).toBe(text);
    expect(all('.text b, .text strong')).toEqual([]);
  });

  it.each([
    ['characters', 'x'.repeat(2_501)],
    ['lines', 'y\n'.repeat(30)],
  ])('folds a message of many %s, and shows all of it to who wants it', async (_of, text) => {
    await show([question({ id: 1, text: 'Short' }), question({ id: 3, text })]);
    expect(all('.text').map((each) => each.classList.contains('folded'))).toEqual([false, true]);
    expect(all('.text')[1]?.textContent).toBe(text);
    button('Show all of it')[0]?.click();
    await fixture.whenStable();
    expect(all('.folded')).toEqual([]);
    expect(button('Show less')[0]?.getAttribute('aria-expanded')).toBe('true');
  });

  it('draws an answer as Markdown', async () => {
    await show([message({ id: 2, text: 'This is **bold**.' })]);
    expect(all('strong')[0]?.textContent).toBe('bold');
  });

  it('shows a sign of life before the first word, and the text in its place', async () => {
    const live = message({ id: 2, text: '', state: 'streaming' });
    await show([live], { streamingMessage: live, isStreaming: true });
    expect(all('.typing')).toHaveLength(1);
    expect(all('article')[0]?.getAttribute('aria-busy')).toBe('true');
    const later = { ...live, text: 'First' };
    await show([later], { streamingMessage: later });
    expect(all('.typing')).toHaveLength(0);
    expect(all('article')[0]?.textContent).toContain('First');
  });

  it('keeps the node of a message while it grows, so that a selection survives', async () => {
    const live = message({ id: 2, text: 'First', state: 'streaming' });
    await show([live], { streamingMessage: live, isStreaming: true });
    const article = all('article')[0];
    await show([{ ...live, text: 'First second' }]);
    expect(all('article')[0]).toBe(article);
  });

  it('has no actions on an answer that is being written', async () => {
    const live = message({ id: 2, state: 'streaming' });
    await show([live], { streamingMessage: live, isStreaming: true });
    expect(button('Copy')).toEqual([]);
    expect(button('Regenerate')).toEqual([]);
  });

  it('copies the Markdown of an answer', async () => {
    const written: string[] = [];
    Object.assign(navigator, { clipboard: { writeText: (text: string) => Promise.resolve(void written.push(text)) } });
    await show([message({ id: 2, text: '**bold**' })]);
    button('Copy as Markdown')[0]?.click();
    expect(written).toEqual(['**bold**']);
  });

  it('copies an answer as it is shown', async () => {
    const copied = new Map<string, string>();
    Object.assign(navigator, { clipboard: undefined });
    const clipboardData = { setData: (type: string, text: string) => copied.set(type, text) };
    Object.assign(document, { execCommand: () => document.dispatchEvent(Object.assign(new Event('copy'), { clipboardData })) });
    await show([message({ id: 2, text: 'This is **bold**.' })]);
    button('Copy')[0]?.click();
    await fixture.whenStable();
    expect(copied.get('text/html')).toMatch(/>This is <strong>bold<\/strong>\.</);
    expect(copied.get('text/plain')).toBe('This is bold.');
    expect(button('Copied')).toHaveLength(1);
  });

  it('offers Regenerate on the last answer alone, and another answer on the others', async () => {
    const ids: number[] = [];
    fixture.componentInstance.regenerated.subscribe(({ messageId }) => ids.push(messageId));
    await show([message({ id: 2 }), message({ id: 4 })]);
    expect(button('Regenerate')).toHaveLength(1);
    button('Regenerate')[0]?.click();
    button('Another answer')[0]?.click();
    expect(ids).toEqual([4, 2]);
  });

  it.each([
    ['stopped', null, 'Stopped by you. 1 word kept.'],
    ['interrupted', null, 'The server stopped while answering. 1 word kept.'],
    ['failed', { code: 'provider_auth', message: 'The key was refused.', retryable: false }, 'The key was refused. 1 word kept.'],
  ] as const)('says in words that an answer was %s, and leaves a way on', async (state, error, words) => {
    await show([message({ id: 2, state, error })]);
    expect(all('.ending')[0]?.textContent).toContain(words);
    expect(button('Regenerate')).toHaveLength(1);
  });

  it.each([
    ['was stopped', { state: 'stopped' }],
    ['failed', { state: 'failed' }],
    ['was interrupted', { state: 'interrupted' }],
    ['reached the length limit', { finishReason: 'length' }],
  ] as const)('offers to go on with an answer that %s', async (_how, change) => {
    const ids: number[] = [];
    fixture.componentInstance.continued.subscribe((id) => ids.push(id));
    await show([message({ id: 2, ...change })]);
    expect(all('.ending')).toHaveLength(1);
    button('Continue')[0]?.click();
    expect(ids).toEqual([2]);
    expect(button('Regenerate')).toHaveLength(1);
  });

  it.each([
    ['complete', { state: 'completed' }],
    ['without a word', { state: 'stopped', text: '' }],
    ['cut by a filter', { state: 'completed', finishReason: 'content_filter' }],
  ] as const)('does not offer to go on with an answer that is %s', async (_how, change) => {
    await show([message({ id: 2, ...change })]);
    expect(button('Continue')).toEqual([]);
  });

  it('says so where the model cannot go on, and leaves Regenerate', async () => {
    await show([message({ id: 2, state: 'stopped' })], { beginsAnew: new Set(['openai/gpt-4']) });
    expect(button('Continue')).toEqual([]);
    expect(button('Regenerate')).toHaveLength(1);
    const words = 'Stopped by you. 1 word kept. gpt-4 cannot go on from where it stopped; regenerate the answer.';
    expect(all('.ending')[0]?.textContent.trim()).toBe(words);
  });

  it('offers to go on with the last answer alone, and with none while one is written', async () => {
    await show([message({ id: 2, state: 'stopped' }), message({ id: 4 })]);
    expect(button('Continue')).toEqual([]);
    await show([message({ id: 2, state: 'stopped' })], { isLoading: true });
    expect(button('Continue')).toEqual([]);
  });

  it('says once that what came is kept, where the server says it', async () => {
    const error = { code: 'interrupted', message: 'The server was restarted. What came is kept; ask again.', retryable: true } as const;
    await show([message({ id: 2, state: 'interrupted', error })]);
    expect(all('.ending')[0]?.textContent).toContain('What came is kept; ask again. 1 word came.');
  });

  it('counts no tokens where there were none', async () => {
    await show([message({ id: 2, text: '', state: 'stopped', usage: { input_tokens: 9, output_tokens: 0, estimated: true } })]);
    expect(all('.meta')[0]?.textContent.trim()).toBe('gpt-4');
  });

  it('offers another model after a failure, not after a stop', async () => {
    await show([message({ id: 2, state: 'failed' })]);
    expect(button('Choose another model')).toHaveLength(1);
    await show([message({ id: 2, state: 'stopped' })]);
    expect(button('Choose another model')).toHaveLength(0);
  });

  it('keeps a message that was not sent, with Retry and a way back into the box', async () => {
    let retries = 0;
    const taken: string[] = [];
    fixture.componentInstance.retried.subscribe(() => retries++);
    fixture.componentInstance.takenBack.subscribe((text) => taken.push(text));
    await show([question({ state: 'unsent', text: 'kept' })], { unsentReason: 'The server cannot be reached.' });
    expect(all('.unsent')[0]?.textContent).toContain('Not sent. Your text is kept here. The server cannot be reached.');
    button('Retry')[0]?.click();
    button('Take back')[0]?.click();
    expect([retries, taken]).toEqual([1, ['kept']]);
  });

  it('goes through the versions of a message', async () => {
    const chosen: number[] = [];
    fixture.componentInstance.siblingChosen.subscribe((id) => chosen.push(id));
    await show([message({ id: 5, siblings: [3, 5, 9] })]);
    expect(fixture.nativeElement.textContent).toContain('2 / 3');
    button('Previous version')[0]?.click();
    button('Next version')[0]?.click();
    expect(chosen).toEqual([3, 9]);
  });

  it('shows what the model thought, folded once the answer begins', async () => {
    const live = message({ id: 2, text: '', reasoning: 'Hm', state: 'streaming', startedAt: 500, thoughtAt: 1000 });
    await show([live], { streamingMessage: live, isStreaming: true });
    expect(all<HTMLDetailsElement>('details')[0]?.open).toBe(true);
    const later = { ...live, text: 'So', firstContentAt: 13_000 };
    await show([later], { streamingMessage: later });
    expect(all<HTMLDetailsElement>('details')[0]?.open).toBe(false);
    expect(all('summary')[0]?.textContent).toBe('Thought for 12 s');
  });

  it('knows how long a model thought from where its answer is stored', async () => {
    const timing = { first_content_ms: 400, reasoning_ms: 95_000, total_ms: 99_000 };
    await show([message({ id: 2, reasoning: 'Hm', timing })]);
    expect(all('summary')[0]?.textContent).toBe('Thought for 1 min 35 s');
    await show([message({ id: 2, reasoning: 'Hm', timing: { ...timing, reasoning_ms: null } })]);
    expect(all('summary')[0]?.textContent).toBe('Thoughts');
  });

  it('marks where the memory of the model that answered last begins', async () => {
    const memoryAfter = 2;
    await show([question({ id: 1 }), message({ id: 2 }), question({ id: 3 }), message({ id: 4, memoryAfter, model: 'small' })]);
    const shown = [...(all('echo-message-rows')[0]?.children ?? [])].map(({ localName }) => localName);
    expect(shown.indexOf('echo-memory-mark')).toBe(2);
    expect(all('echo-memory-mark')[0]?.textContent.trim()).toBe('The memory of small begins here');
    await show([question({ id: 1 }), message({ id: 2 })]);
    expect(all('echo-memory-mark')).toEqual([]);
  });

  it('looks at the messages beside a new one, and at no others', async () => {
    const before = Array.from({ length: 100 }, (_, index) => message({ id: index + 1, role: index % 2 === 0 ? 'user' : 'assistant' }));
    await show(before);
    const looks = jest.spyOn(MessageRows.prototype as unknown as { isHeldUp(message: ChatMessage): boolean }, 'isHeldUp');
    const sent = [question({ key: 'asked', state: 'pending' }), message({ key: 'live', text: '', state: 'streaming', model: null })];
    await show([...before, ...sent], { isLoading: true, streamingMessage: sent[1] });
    const seen = new Set(looks.mock.calls.map(([{ key }]) => key));
    looks.mockRestore();
    expect(seen).toEqual(new Set([...before.slice(80).map(({ key }) => key), 'asked', 'live']));
  });

  it('says who stands in for whom, and folds details out and in', async () => {
    await show([question({ id: 1 }), message({ id: 2, fallback: { asked: 'lab/one', reason: 'provider_timeout' } })]);
    expect(all('echo-fallback-note')[0]?.textContent).toContain('in place of lab/one: it did not answer in time.');
    const [details] = button('Details');
    expect(details?.getAttribute('aria-expanded')).toBe('false');
    details?.click();
    await fixture.whenStable();
    expect(details?.getAttribute('aria-expanded')).toBe('true');
    expect(all('echo-answer-details')[0]?.textContent).toContain('gpt-4');
    details?.click();
    await fixture.whenStable();
    expect(all('echo-answer-details')).toEqual([]);
  });

  it('edits the last message of the person, and sends it as another version', async () => {
    const edits: unknown[] = [];
    fixture.componentInstance.edited.subscribe((edit) => edits.push(edit));
    await show([question({ id: 1 }), message({ id: 2 }), question({ id: 3, text: 'Last' })]);
    expect(fixture.componentInstance.editLast()).toBe(true);
    await fixture.whenStable();
    const box = all<HTMLTextAreaElement>('textarea')[0] as HTMLTextAreaElement;
    expect(document.activeElement).toBe(box);
    box.value = 'Better';
    box.dispatchEvent(new Event('input'));
    await fixture.whenStable();
    button('Ask again')[0]?.click();
    expect(edits).toEqual([{ messageId: 3, text: 'Better' }]);
  });

  describe('the editor of a message', () => {
    const box = () => all<HTMLTextAreaElement>('textarea')[0] as HTMLTextAreaElement;

    async function write(text: string): Promise<void> {
      box().value = text;
      box().dispatchEvent(new Event('input'));
      await fixture.whenStable();
    }

    async function press(name: string): Promise<void> {
      button(name)[0]?.focus();
      button(name)[0]?.click();
      await fixture.whenStable();
    }

    async function leave(): Promise<void> {
      box().dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
      await fixture.whenStable();
    }

    it('keeps what was changed at Escape, until it is given up by its button, and gives the focus back', async () => {
      await show([question({ id: 1, text: 'Sent' }), message({ id: 2 })]);
      await press('Edit');
      await write('Half a');
      await leave();
      expect(all('.text')[0]?.textContent).toBe('Sent');
      expect(document.activeElement).toBe(button('Edit')[0]);
      await show([question({ id: 3, text: 'Another conversation' })]);
      await show([question({ id: 1, text: 'Sent' }), message({ id: 2 })]);
      await press('Edit');
      expect(box().value).toBe('Half a');
      await press('Cancel');
      expect(document.activeElement).toBe(button('Edit')[0]);
      await press('Edit');
      expect(box().value).toBe('Sent');
    });

    it('begins anew once the change was sent, and leaves no focus behind', async () => {
      await show([question({ id: 1, text: 'Sent' }), message({ id: 2 })]);
      await press('Edit');
      await write('Better');
      await press('Ask again');
      expect(document.activeElement).not.toBe(document.body);
      await press('Edit');
      expect(box().value).toBe('Sent');
    });

    it('goes back to where it was asked for', async () => {
      await show([question({ id: 1, text: 'Sent' })]);
      const composer = document.body.appendChild(document.createElement('textarea'));
      composer.focus();
      fixture.componentInstance.editLast();
      await fixture.whenStable();
      expect(document.activeElement).toBe(box());
      await leave();
      expect(document.activeElement).toBe(composer);
      composer.remove();
    });

    it('tells what is hidden in its text, to be taken out or sent', async () => {
      await show([question({ id: 1, text: 'Please\u200b help.' })]);
      await press('Edit');
      await fixture.whenStable();
      expect(all('echo-hidden-draft')[0]?.textContent).toContain('There are 1 hidden character in this text.');
      await press('Remove');
      expect(box().value).toBe('Please help.');
      expect(document.activeElement).toBe(box());
    });
  });

  it.each([
    [true, 'Copied'],
    [false, 'The browser did not allow the copy'],
  ])('says by the button what came of copying a question, for two seconds: %s', async (isAllowed, name) => {
    Object.assign(navigator, { clipboard: { writeText: () => (isAllowed ? Promise.resolve() : Promise.reject(new Error('no'))) } });
    Object.assign(document, { execCommand: () => false });
    await show([question({ id: 1 })]);
    jest.useFakeTimers();
    button('Copy message')[0]?.click();
    await jest.advanceTimersByTimeAsync(0);
    fixture.detectChanges();
    expect(button(name)).toHaveLength(1);
    await jest.advanceTimersByTimeAsync(2_000);
    fixture.detectChanges();
    expect(button('Copy message')).toHaveLength(1);
    jest.useRealTimers();
  });

  it('keeps the focus on the switch when another version takes the place of one', async () => {
    const version = (id: number) => message({ id, siblings: [3, 5, 9] });
    fixture.componentInstance.siblingChosen.subscribe((id) => fixture.componentRef.setInput('messages', [version(id)]));
    await show([version(5)]);
    button('Previous version')[0]?.focus();
    button('Previous version')[0]?.click();
    await fixture.whenStable();
    expect(fixture.nativeElement.textContent).toContain('1 / 3');
    expect(document.activeElement).toBe(button('Previous version')[0]);
  });

  it('holds a changed text to the limit of this server', async () => {
    await show([question({ id: 1, text: 'Too long' })], { maxChars: 5 });
    fixture.componentInstance.editLast();
    await fixture.whenStable();
    expect(all('#editor-problem')[0]?.textContent).toBe('8 of 5 characters: shorten it by 3.');
    expect(button('Ask again')[0]?.getAttribute('aria-disabled')).toBe('true');
  });

  it('does not edit while an answer is written', async () => {
    const live = message({ id: 2, state: 'streaming' });
    await show([question({ id: 1 }), live], { streamingMessage: live, isStreaming: true });
    expect(fixture.componentInstance.editLast()).toBe(false);
    // Not in the frame that shows what was just sent, but in the next one.
    await new Promise(requestAnimationFrame);
    await fixture.whenStable();
    // The style sheet hides it: taking such buttons out of a thousand messages, and putting them back, would hold up each answer.
    expect(all('.log.busy .idle').map((element) => element.getAttribute('aria-label'))).toEqual(['Edit']);
  });

  describe('with a message that cannot be drawn', () => {
    const reported: unknown[] = [];
    /** Throws when something but its text is looked at, from the moment on at which it is told to. */
    const broken = (change: Partial<ChatMessage>) =>
      Object.defineProperty(message(change), 'reasoning', {
        get: () => {
          throw new Error('no such thing');
        },
      });

    beforeEach(() => {
      reported.length = 0;
      jest.spyOn(TestBed.inject(ErrorHandler), 'handleError').mockImplementation((error) => void reported.push(error));
    });

    it('shows its text, and its neighbours as they are', async () => {
      await show([question({ id: 1 }), broken({ id: 2, text: '**as it came**' }), question({ id: 3, text: 'More' }), message({ id: 4 })]);
      expect(all('article').map((article) => article.querySelector('.text, echo-markdown')?.textContent ?? article.textContent)).toEqual([
        'Question',
        '**as it came**',
        'More',
        'Text',
      ]);
      expect(button('Regenerate')).toHaveLength(1);
      expect(reported).toHaveLength(1);
    });

    it('shows its text while more of it comes, and lives on', async () => {
      const live = (text: string, make = message) => make({ key: 'live', text, state: 'streaming' });
      const past = [question({ id: 1 }), message({ id: 2 }), question({ id: 3 })];
      await show([...past, live('One')], { streamingMessage: live('One'), isStreaming: true });
      const article = all('article')[1];
      for (const text of ['One two', 'One two three']) {
        const written = live(text, broken);
        await show([...past, written], { streamingMessage: written });
        expect(all('article').at(-1)?.textContent).toBe(text);
      }
      expect(all('article')[1]).toBe(article);
      await show([...past, live('One two three'), question({ id: 5, text: 'Next' }), message({ id: 6 })], { isStreaming: false });
      expect(all('article')).toHaveLength(6);
      expect(all('article').at(-1)?.textContent).toContain('Text');
      expect(reported).toHaveLength(1);
    });
  });

  it('leaves the nodes of earlier messages alone while an answer grows, and between answers', async () => {
    const past = Array.from({ length: 60 }, (_, index) => (index % 2 === 0 ? question({ id: index + 1 }) : message({ id: index + 1 })));
    await show(past);
    const changes: MutationRecord[] = [];
    const observer = new MutationObserver((records) => changes.push(...records));
    for (const rows of all('echo-message-rows').slice(0, 2)) {
      observer.observe(rows, { subtree: true, childList: true, attributes: true, characterData: true });
    }
    const live = message({ key: 'live', id: undefined, text: '', state: 'streaming' });
    for (const text of ['', 'One', 'One two']) {
      const written = { ...live, text };
      await show([...past, question({ key: 'asked', id: 61 }), written], { streamingMessage: written, isStreaming: true });
    }
    await show([...past, question({ key: 'asked', id: 61 }), { ...live, id: 62 }], { streamingMessage: undefined, isStreaming: false });
    expect([...changes, ...observer.takeRecords()]).toEqual([]);
    observer.disconnect();
  });
});
