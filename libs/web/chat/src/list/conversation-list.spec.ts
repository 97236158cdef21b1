import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { type Conversation, type Page } from '@echo/contract';
import { ApiProblem, ConversationsApi } from '@echo/web-chat-client';
import { PageAlert } from '@echo/web-forms/page-alert';
import { ConversationDirectory } from './conversation-directory';
import { ConversationList } from './conversation-list';

const conversation = (id: number, change: Partial<Conversation> = {}): Conversation => ({
  id,
  title: `Title ${id}`,
  provider: null,
  model: null,
  pinned: false,
  archived: false,
  unread: false,
  live_run_id: null,
  usage: { input_tokens: 0, output_tokens: 0, estimated: false, costs: [] },
  created_at: new Date().toISOString(),
  updated_at: new Date().toISOString(),
  ...change,
});
const failure = new ApiProblem('The database is not available.', 503, 'storage_unavailable');

describe('ConversationList', () => {
  let fixture: ComponentFixture<ConversationList>;
  let page: Page<Conversation>;
  const api = { list: jest.fn(), update: jest.fn(), delete: jest.fn() };
  const root = () => fixture.nativeElement as HTMLElement;
  const links = () => [...root().querySelectorAll('a')].map((link) => link.textContent.trim());
  const button = (name: string) => {
    const found = [...root().querySelectorAll('button')].find((entry) => entry.textContent.trim() === name);
    if (found === undefined) throw new Error(`There is no button ${name}`);
    return found;
  };

  async function settle(): Promise<void> {
    // By hand: with the clock held, Angular's own scheduling never comes to rest.
    fixture.detectChanges();
    await jest.advanceTimersByTimeAsync(0);
    fixture.detectChanges();
  }

  async function chooseInMenu(name: string): Promise<void> {
    root().querySelector<HTMLButtonElement>('[aria-label="Options"]')?.click();
    await settle();
    button(name).click();
    await settle();
  }

  beforeEach(async () => {
    jest.useFakeTimers();
    // jsdom has neither.
    HTMLElement.prototype.showPopover = jest.fn();
    HTMLElement.prototype.hidePopover = jest.fn();
    HTMLDialogElement.prototype.showModal = jest.fn();
    HTMLDialogElement.prototype.close = function (value) {
      this.returnValue = value ?? '';
      this.dispatchEvent(new Event('close'));
    };
    page = { items: [conversation(1), conversation(2, { live_run_id: 'run' })], next_cursor: null };
    api.list.mockImplementation(() => Promise.resolve(page));
    api.update.mockResolvedValue(undefined);
    api.delete.mockResolvedValue(undefined);
    TestBed.configureTestingModule({
      providers: [ConversationDirectory, provideRouter([]), { provide: ConversationsApi, useValue: api }],
    });
    fixture = TestBed.createComponent(ConversationList);
    document.body.append(root());
    void TestBed.inject(ConversationDirectory).loadAgain();
    await settle();
  });

  afterEach(() => {
    jest.useRealTimers();
    root().remove();
  });

  it('marks in words and by a sign what is being answered, and what has an unread answer unless it is open', async () => {
    page = {
      items: [conversation(1, { unread: true }), conversation(2, { live_run_id: 'run', unread: true }), conversation(3)],
      next_cursor: null,
    };
    await TestBed.inject(ConversationDirectory).refresh();
    await settle();
    expect(links()).toEqual(['Title 1, unread answer', 'Title 2, answering now', 'Title 3']);
    expect(root().querySelectorAll('.unread, .live')).toHaveLength(2);
    fixture.componentRef.setInput('currentId', 1);
    await settle();
    expect(links()[0]).toBe('Title 1');
  });

  it('marks in words and by a sign what is done where it is open', async () => {
    const directory = TestBed.inject(ConversationDirectory);
    fixture.componentRef.setInput('currentId', 2);
    fixture.componentRef.setInput('isDone', true);
    await settle();
    // The list is as old as its last look at the server.
    expect(links()).toEqual(['Title 1', 'Title 2, answering now']);
    page = { items: [conversation(1), conversation(2)], next_cursor: null };
    await directory.refresh();
    await settle();
    expect(links()).toEqual(['Title 1', 'Title 2, answer done']);
    expect(root().querySelectorAll('.done')).toHaveLength(1);
    fixture.componentRef.setInput('isDone', false);
    await settle();
    expect(links()).toEqual(['Title 1', 'Title 2']);
  });

  it('takes the newest of two looks at the server, whichever is answered last', async () => {
    const answers: ((page: Page<Conversation>) => void)[] = [];
    api.list.mockImplementation(() => new Promise((resolve) => answers.push(resolve)));
    const directory = TestBed.inject(ConversationDirectory);
    void directory.refresh();
    void directory.refresh();
    answers[1]?.({ items: [conversation(9)], next_cursor: null });
    answers[0]?.(page);
    await settle();
    expect(links()).toEqual(['Title 9']);
  });

  it('does not take for unread what was read while the server was asked', async () => {
    let answer: (page: Page<Conversation>) => void = () => undefined;
    api.list.mockImplementation(() => new Promise((resolve) => (answer = resolve)));
    const directory = TestBed.inject(ConversationDirectory);
    const unread = { items: [conversation(1, { unread: true })], next_cursor: null };
    void directory.refresh();
    directory.markRead(1);
    answer(unread);
    await settle();
    expect(links()).toEqual(['Title 1']);
    void directory.refresh();
    answer(unread);
    await settle();
    expect(links()).toEqual(['Title 1, unread answer']);
  });

  it('is a navigation named Conversations, with a link for each', () => {
    expect(root().querySelector('nav')?.getAttribute('aria-label')).toBe('Conversations');
    expect([...root().querySelectorAll('a')].map((link) => link.getAttribute('href'))).toEqual(['/c/1', '/c/2']);
  });

  it('marks the current one, and the ones that are being answered', async () => {
    fixture.componentRef.setInput('currentId', 1);
    await settle();
    expect(root().querySelector('[aria-current="page"]')?.textContent.trim()).toBe('Title 1');
    expect(links()[1]).toBe('Title 2, answering now');
  });

  it('asks the server once typing has come to rest', async () => {
    const field = root().querySelector('input') as HTMLInputElement;
    api.list.mockClear();
    for (const text of ['s', 'st', 'streams']) {
      field.value = text;
      field.dispatchEvent(new Event('input'));
      await jest.advanceTimersByTimeAsync(100);
    }
    expect(api.list).not.toHaveBeenCalled();
    page = { items: [], next_cursor: null };
    await jest.advanceTimersByTimeAsync(250);
    await settle();
    expect(api.list).toHaveBeenCalledTimes(1);
    expect(api.list.mock.calls[0]?.[0]).toMatchObject({ query: 'streams' });
    expect(root().textContent).toContain('Nothing found for “streams”.');
  });

  it('shows more on request and never the same twice', async () => {
    page = { items: [conversation(1)], next_cursor: 'next' };
    void TestBed.inject(ConversationDirectory).loadAgain();
    await settle();
    page = { items: [conversation(1), conversation(3)], next_cursor: null };
    button('Show more').click();
    await settle();
    expect(api.list.mock.lastCall?.[0]).toMatchObject({ cursor: 'next' });
    expect(links()).toEqual(['Title 1', 'Title 3']);
  });

  it('says what went wrong, and loads again', async () => {
    api.list.mockRejectedValueOnce(failure);
    void TestBed.inject(ConversationDirectory).loadAgain();
    await settle();
    expect(root().querySelector('.scroller .note')?.textContent).toContain('The database is not available.');
    expect(TestBed.inject(PageAlert).words()).toBe('The database is not available.');
    button('Load again').click();
    await settle();
    expect(root().querySelector('.scroller .note')).toBeNull();
    expect(TestBed.inject(PageAlert).words()).toBeUndefined();
    expect(links()).toHaveLength(2);
  });

  it('opens its menu within the turn, once it is loaded, so that the next key reaches it', async () => {
    await chooseInMenu('Pin');
    const show = jest.mocked(HTMLElement.prototype.showPopover);
    show.mockClear();
    root().querySelector<HTMLButtonElement>('[aria-label="Options"]')?.click();
    expect(show).toHaveBeenCalledTimes(1);
  });

  it('renames in place at Enter, once', async () => {
    await chooseInMenu('Rename');
    const field = root().querySelector<HTMLInputElement>('[aria-label="Title"]') as HTMLInputElement;
    field.value = ' Better ';
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    await settle();
    expect(api.update.mock.calls).toEqual([[1, { title: 'Better' }]]);
    expect(links()[0]).toBe('Better');
  });

  it('keeps the title at Escape', async () => {
    await chooseInMenu('Rename');
    const field = root().querySelector<HTMLInputElement>('[aria-label="Title"]') as HTMLInputElement;
    field.value = 'Other';
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    await settle();
    expect(api.update).not.toHaveBeenCalled();
    expect(links()[0]).toBe('Title 1');
  });

  it('takes a change back when the server refuses it', async () => {
    api.update.mockRejectedValueOnce(failure);
    await chooseInMenu('Pin');
    expect(root().querySelector('h2')?.textContent).toBe('Today');
    expect(root().querySelector('.scroller .note')?.textContent).toContain('The database is not available.');
  });

  it('puts a pinned conversation first', async () => {
    await chooseInMenu('Pin');
    expect(root().querySelector('h2')?.textContent).toBe('Pinned');
  });

  it('puts it back to its time when it is unpinned', async () => {
    const older = new Date(Date.now() - 60_000).toISOString();
    page = { items: [conversation(1, { pinned: true, updated_at: older }), conversation(2)], next_cursor: null };
    void TestBed.inject(ConversationDirectory).loadAgain();
    await settle();
    await chooseInMenu('Unpin');
    expect(links()).toEqual(['Title 2', 'Title 1']);
  });

  it('clears the search by a button, at once, and stays in the field', async () => {
    void TestBed.inject(ConversationDirectory).show({ query: 'streams' });
    await settle();
    root().querySelector<HTMLButtonElement>('[aria-label="Clear the search"]')?.click();
    await settle();
    const field = root().querySelector('input') as HTMLInputElement;
    expect(api.list.mock.lastCall?.[0]).toMatchObject({ query: undefined });
    expect(field.value).toBe('');
    expect(document.activeElement).toBe(field);
    expect(root().querySelector('[aria-label="Clear the search"]')).toBeNull();
  });

  it('takes an archived conversation off the list, and shows the archive', async () => {
    await chooseInMenu('Archive');
    expect(links()).toEqual(['Title 2, answering now']);
    page = { items: [conversation(1, { archived: true })], next_cursor: null };
    button('Archived').click();
    await settle();
    expect(api.list.mock.lastCall?.[0]).toMatchObject({ archived: true });
    expect(links()).toEqual(['Title 1']);
  });

  it('deletes only after the person agreed', async () => {
    const removed: number[] = [];
    fixture.componentInstance.removed.subscribe((id) => removed.push(id));
    await chooseInMenu('Delete…');
    button('Cancel').click();
    await settle();
    expect(api.delete).not.toHaveBeenCalled();
    await chooseInMenu('Delete…');
    button('Delete').click();
    await settle();
    expect(api.delete.mock.calls).toEqual([[1]]);
    expect(removed).toEqual([1]);
    expect(links()).toHaveLength(1);
  });

  describe('keeps the focus', () => {
    const options = (id: number) => root().querySelector<HTMLElement>(`#options-${id}`);

    async function choose(name: string, id = 1): Promise<void> {
      // As a browser does: a menu that closes gives the focus back.
      HTMLElement.prototype.hidePopover = () => options(id)?.focus();
      options(id)?.click();
      await settle();
      button(name).click();
      await settle();
    }

    it.each(['Enter', 'Escape'])('after a renaming that ends with %s', async (key) => {
      await choose('Rename');
      const field = root().querySelector<HTMLInputElement>('[aria-label="Title"]');
      field?.focus();
      field?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
      await settle();
      expect(document.activeElement).toBe(options(1));
    });

    it('with a conversation that moves', async () => {
      await choose('Pin');
      expect(root().querySelector('h2')?.textContent).toBe('Pinned');
      expect(document.activeElement).toBe(options(1));
    });

    it('with what takes the place of one that goes, and in the search after the last one', async () => {
      await choose('Archive');
      expect(document.activeElement).toBe(options(2));
      await choose('Delete…', 2);
      button('Delete').click();
      await settle();
      expect(document.activeElement?.getAttribute('aria-label')).toBe('Search conversations');
    });

    it('when the list is loaded again, and when more of it is shown', async () => {
      page = { items: [conversation(1)], next_cursor: 'next' };
      void TestBed.inject(ConversationDirectory).loadAgain();
      await settle();
      page = { items: [conversation(3)], next_cursor: null };
      button('Show more').focus();
      button('Show more').click();
      await settle();
      expect(document.activeElement).toBe(options(1));
      api.list.mockRejectedValueOnce(failure);
      void TestBed.inject(ConversationDirectory).loadAgain();
      await settle();
      button('Load again').focus();
      button('Load again').click();
      await settle();
      expect(document.activeElement?.getAttribute('aria-label')).toBe('Search conversations');
    });
  });

  it('takes a conversation that is gone already for deleted, and no other refusal', async () => {
    const directory = TestBed.inject(ConversationDirectory);
    api.delete.mockRejectedValue(new ApiProblem('There is no such conversation.', 404, 'conversation_not_found'));
    expect(await directory.remove(1)).toBe(true);
    api.delete.mockRejectedValue(new ApiProblem('The server does not know this address.', 404, 'bad_response'));
    expect(await directory.remove(2)).toBe(false);
    await settle();
    expect(links()).toEqual(['Title 2, answering now']);
  });

  it('forgets the answer to an older search', async () => {
    const directory = TestBed.inject(ConversationDirectory);
    let answerOld: (page: Page<Conversation>) => void = () => undefined;
    api.list.mockImplementationOnce(() => new Promise((resolve) => (answerOld = resolve)));
    void directory.show({ query: 'old' });
    page = { items: [conversation(9)], next_cursor: null };
    void directory.show({ query: 'new' });
    await settle();
    answerOld({ items: [conversation(8)], next_cursor: null });
    await settle();
    expect(links()).toEqual(['Title 9']);
  });
});
