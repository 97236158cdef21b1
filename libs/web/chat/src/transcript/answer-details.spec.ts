import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { RUN_ERROR_CODES } from '@echo/contract';
import { ApiProblem, type ChatMessage, ConversationsApi } from '@echo/web-chat-client';
import { AnswerDetails } from './answer-details';
import { FallbackNote } from './fallback-note';
import { MemoryMark } from './memory-mark';

const MESSAGE = { model: 'gpt-4.1', provider: 'openai', usage: null } as ChatMessage;
const textOf = (fixture: ComponentFixture<unknown>) => (fixture.nativeElement as HTMLElement).textContent.replace(/\s+/g, ' ').trim();

describe('AnswerDetails', () => {
  const api = { get: jest.fn() };

  async function show(): Promise<string> {
    TestBed.configureTestingModule({ providers: [{ provide: ConversationsApi, useValue: api }] });
    const fixture = TestBed.createComponent(AnswerDetails);
    fixture.componentRef.setInput('message', MESSAGE);
    fixture.componentRef.setInput('conversationId', 7);
    await fixture.whenStable();
    await fixture.whenStable();
    return textOf(fixture);
  }

  it('ask for the sum of the conversation when they are opened', async () => {
    api.get.mockResolvedValue({ usage: { input_tokens: 10, output_tokens: 20, estimated: false, costs: [] } });
    expect(await show()).toContain('Whole conversation10 tokens read, 20 written');
    expect(api.get).toHaveBeenCalledWith(7, expect.any(AbortSignal));
  });

  it('tell of the answer also where the sum cannot be had', async () => {
    api.get.mockRejectedValue(new ApiProblem('Away.', 503, 'storage_unavailable'));
    const text = await show();
    expect(text).toContain('gpt-4.1');
    expect(text).not.toContain('Whole conversation');
  });
});

describe('FallbackNote', () => {
  it.each(RUN_ERROR_CODES)('says who answers in place of whom, and why: %s', async (reason) => {
    const fixture = TestBed.createComponent(FallbackNote);
    fixture.componentRef.setInput('fallback', { asked: 'openai/one', reason });
    fixture.componentRef.setInput('provider', 'lab');
    fixture.componentRef.setInput('model', 'small');
    await fixture.whenStable();
    expect(textOf(fixture)).toMatch(/^Stand-in ?lab\/small answers in place of openai\/one: [a-z].*[a-z]\.$/);
  });
});

describe('MemoryMark', () => {
  it('names whose memory begins', async () => {
    const fixture = TestBed.createComponent(MemoryMark);
    fixture.componentRef.setInput('model', 'small');
    await fixture.whenStable();
    expect(textOf(fixture)).toBe('The memory of small begins here');
  });
});
