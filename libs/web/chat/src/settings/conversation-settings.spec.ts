import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { ApiProblem, ConversationsApi } from '@echo/web-chat-client';
import { ConversationSettings } from './conversation-settings';

describe('ConversationSettings', () => {
  let fixture: ComponentFixture<ConversationSettings>;
  const api = { get: jest.fn(), create: jest.fn(), update: jest.fn() };
  const saved: number[] = [];
  const root = () => fixture.nativeElement as HTMLElement;
  const field = (id: string) => root().querySelector<HTMLInputElement>(`#${id}`) as HTMLInputElement;

  async function open(conversationId?: number): Promise<void> {
    fixture = TestBed.createComponent(ConversationSettings);
    fixture.componentRef.setInput('conversationId', conversationId);
    fixture.componentInstance.saved.subscribe((id) => saved.push(id));
    await fixture.whenStable();
  }

  async function type(id: string, text: string): Promise<void> {
    field(id).value = text;
    field(id).dispatchEvent(new Event('input'));
    await fixture.whenStable();
  }

  async function save(): Promise<void> {
    root()
      .querySelector('form')
      ?.dispatchEvent(new Event('submit', { cancelable: true }));
    await fixture.whenStable();
  }

  beforeEach(() => {
    // jsdom has neither.
    HTMLDialogElement.prototype.showModal = jest.fn();
    HTMLDialogElement.prototype.close = jest.fn();
    saved.length = 0;
    api.get.mockResolvedValue({ id: 7, system_prompt: 'Be brief.', temperature: 0.3 });
    api.create.mockResolvedValue({ id: 8 });
    api.update.mockResolvedValue({ id: 7 });
    TestBed.configureTestingModule({ providers: [{ provide: ConversationsApi, useValue: api }] });
  });

  it('shows what the conversation has, and stores what was changed', async () => {
    await open(7);
    expect([field('instructions').value, field('temperature').value]).toEqual(['Be brief.', '0.3']);
    await type('instructions', '  ');
    await type('temperature', '1,5');
    await save();
    expect(api.update).toHaveBeenCalledWith(7, { system_prompt: null, temperature: 1.5 });
    expect(saved).toEqual([7]);
    expect(HTMLDialogElement.prototype.close).toHaveBeenCalled();
  });

  it('makes a conversation of a new chat', async () => {
    await open();
    await type('instructions', 'Rhyme.');
    await save();
    expect(api.create).toHaveBeenCalledWith({ system_prompt: 'Rhyme.', temperature: null });
    expect(saved).toEqual([8]);
  });

  it.each([
    ['temperature', '3', 'A number from 0 to 2, or nothing.'],
    ['instructions', 'x'.repeat(32_001), 'shorten it by 1.'],
  ])('says what is wrong with the %s, and stores nothing', async (id, text, words) => {
    await open(7);
    await type(id, text);
    await save();
    expect(root().textContent).toContain(words);
    expect(field(id).getAttribute('aria-invalid')).toBe('true');
    expect(api.update).not.toHaveBeenCalled();
  });

  it('stays open with the words of a server that refuses', async () => {
    await open(7);
    api.update.mockRejectedValue(new ApiProblem('The database is not available.', 503, 'storage_unavailable'));
    await save();
    expect(root().querySelector('[role=alert]')?.textContent).toBe('The database is not available.');
    expect(saved).toEqual([]);
    expect(HTMLDialogElement.prototype.close).not.toHaveBeenCalled();
  });

  it('saves nothing over settings that could not be read', async () => {
    api.get.mockRejectedValue(new ApiProblem('The server cannot be reached.', 0, 'network_error'));
    await open(7);
    await save();
    expect(field('instructions').disabled).toBe(true);
    expect(api.update).not.toHaveBeenCalled();
  });

  it('offers to read them again', async () => {
    api.get.mockRejectedValueOnce(new ApiProblem('The server cannot be reached.', 0, 'network_error'));
    await open(7);
    document.body.append(root());
    await fixture.whenStable();
    const button = [...root().querySelectorAll('button')].find(({ textContent }) => textContent.trim() === 'Try again');
    expect(button).toBeDefined();
    button?.focus();
    button?.click();
    await new Promise((resolve) => setTimeout(resolve));
    await fixture.whenStable();
    expect(field('instructions').value).toBe('Be brief.');
    expect([...root().querySelectorAll('button')].map(({ textContent }) => textContent.trim())).toEqual(['Cancel', 'Save']);
    expect(document.activeElement).toBe(field('instructions'));
    root().remove();
  });

  it('tells what is hidden in the instructions', async () => {
    await open(7);
    await type('instructions', 'Be\u200b brief.');
    await fixture.whenStable();
    expect(root().textContent).toContain('There are 1 hidden character in these instructions.');
    [...root().querySelectorAll('button')].find(({ textContent }) => textContent.trim() === 'Remove')?.click();
    await fixture.whenStable();
    expect(field('instructions').value).toBe('Be brief.');
  });
});
