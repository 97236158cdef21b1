import { type HistoryMessage, type Past } from '@echo/api-persistence';
import { overflow, Question } from './question';

/** About so many tokens. */
const words = (tokens: number): string => 'abcd'.repeat(tokens);
const past = (history: readonly HistoryMessage[], more: Partial<Past> = {}): Past => ({ history, systemPrompt: null, prefix: '', ...more });
const dialogue = (turns: number, tokens: number): HistoryMessage[] => [
  ...Array.from({ length: 2 * turns }, (_, index) => {
    return { id: index + 1, role: index % 2 === 0 ? ('user' as const) : ('assistant' as const), content: words(tokens) };
  }),
  { role: 'user', content: words(tokens) },
];

describe('a history', () => {
  it('is given whole where it fits, and where nobody knows the context', () => {
    expect(overflow(past(dialogue(3, 100)), 2_000)).toBe(0);
    expect(overflow(past(dialogue(500, 1_000)), null)).toBe(0);
  });

  it('is cut at its oldest end, on whole turns', () => {
    const history = dialogue(10, 100);
    const count = overflow(past(history), 1_000);
    expect(count).toBeGreaterThan(0);
    expect(history[count]?.role).toBe('user');
    // Room for an answer is left, and no more turns are cut than must be.
    const kept = (history.length - count) * 104 * 1.2;
    expect(kept).toBeLessThanOrEqual(750);
    expect(kept + 2 * 104 * 1.2).toBeGreaterThan(750);
  });

  it('keeps the question, however long it is', () => {
    expect(overflow(past(dialogue(2, 5_000)), 1_000)).toBe(4);
    expect(overflow(past([{ role: 'user', content: words(5_000) }]), 1_000)).toBe(0);
  });

  it('makes room for the system prompt and for the text that the answer begins with', () => {
    const history = dialogue(3, 100);
    expect(overflow(past(history), 1_400)).toBe(0);
    expect(overflow(past(history, { systemPrompt: words(300) }), 1_400)).toBeGreaterThan(0);
    expect(overflow(past(history, { prefix: words(300) }), 1_400)).toBeGreaterThan(0);
  });

  it('is given to each model by its own context, with the system prompt before it', () => {
    const question = new Question({
      existing: false,
      allowances: [],
      start: { type: 'start', conversation_id: 1, message_id: 9, run_id: 'r', provider: 'p', model: 'm' },
      ...past(dialogue(2, 1_000), { systemPrompt: 'Be brief.' }),
      temperature: 0.5,
    });
    const large = question.for(100_000);
    expect([large.memoryAfter, large.request.messages.length, large.request.temperature]).toEqual([null, 6, 0.5]);
    const small = question.for(2_000);
    expect([small.memoryAfter, small.request.messages.map(({ role }) => role)]).toEqual([4, ['system', 'user']]);
  });
});
