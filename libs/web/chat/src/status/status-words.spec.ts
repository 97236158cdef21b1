import { type ChatMessage, type ChatStatus } from '@echo/web-chat-client';
import { endWords, progressWords, statusWords } from './status-words';

const status = (phase: ChatStatus['phase'], change: Partial<ChatStatus> = {}): ChatStatus => ({ phase, since: 0, ...change });
const answer = (change: Partial<ChatMessage> = {}) =>
  ({ text: '', reasoning: '', model: 'gpt-4', startedAt: 0, state: 'streaming', ...change }) as ChatMessage;

describe('statusWords', () => {
  it('says nothing at rest, and nothing about a wait too short to notice', () => {
    expect(statusWords(status('idle'), undefined, 5000)).toBe('');
    expect(statusWords(status('waiting'), answer(), 200)).toBe('');
  });

  it.each([
    ['connecting', 400, 'Sending…'],
    ['queued', 5000, 'Waiting for a free place · 5 s'],
    ['waiting', 3000, 'Waiting for gpt-4 · 3 s'],
    ['waiting', 12_000, 'Waiting for gpt-4 · 12 s · it may still come, or stop it'],
    ['stalled', 65_000, 'Nothing came for a while · 1 min 5 s. It may go on, or you end it here.'],
  ] as const)('while %s for %i ms', (phase, now, words) => {
    expect(statusWords(status(phase), answer(), now)).toBe(words);
  });

  it('says of a lost connection what the session says of it', () => {
    const detail = 'The connection was lost. The answer goes on; reconnecting…';
    expect(statusWords(status('reconnecting', { detail }), answer(), 100)).toBe(detail);
  });

  it('says which model stands in for one that failed', () => {
    const fallback = status('waiting', { detail: 'The model is busy.', model: 'spare/two' });
    expect(statusWords(fallback, answer(), 4000)).toBe('The model is busy. Asking two instead · 4 s');
  });

  it.each([
    ['idle', 'What you write is kept'],
    ['connecting', 'Your message is sent when the network is back'],
    ['reconnecting', 'The answer goes on'],
  ] as const)('says while %s that there is no network', (phase, words) => {
    expect(statusWords(status(phase), undefined, 5000, false)).toMatch(`You are offline. ${words}`);
  });

  it('counts time and tokens while the answer comes', () => {
    expect(statusWords(status('streaming', { since: 8000 }), answer({ text: 'x'.repeat(4000) }), 12_400)).toBe(
      'gpt-4 is answering · 12 s · about 1,000 tokens',
    );
  });

  it('says when the model is only thinking so far', () => {
    expect(statusWords(status('streaming'), answer({ reasoning: 'Hm, let me see' }), 5000)).toBe(
      'gpt-4 is thinking · 5 s · about 4 tokens',
    );
  });

  it('counts down to the next try', () => {
    const retrying = status('retrying', { waitMs: 8000, detail: 'The model is busy.' });
    expect(statusWords(retrying, answer(), 1000)).toBe('The model is busy. Next try in 7 s');
    expect(statusWords(retrying, answer(), 9000)).toBe('The model is busy. Trying again…');
  });

  it('begins with a capital, except where the name of a model comes first', () => {
    const guide = answer({ model: 'guide', text: 'x' });
    expect(statusWords(status('streaming'), guide, 0)).toBe('The Guide is answering · about 1 token');
    expect(statusWords(status('retrying'), answer({ model: null }), 0)).toBe('The model did not answer. Trying again…');
  });

  it('names the Guide by its name', () => {
    expect(statusWords(status('waiting', { model: 'guide/guide' }), answer(), 3000)).toBe('Waiting for the Guide · 3 s');
  });
});

describe('what is spoken', () => {
  it('counts words, Chinese and Japanese by characters', () => {
    expect(progressWords(answer({ text: 'It’s two-fold: 你好' }))).toBe('Still answering, 4 words');
  });

  it('tells a complete answer from a stopped one, and leaves failures to the alert', () => {
    expect(endWords(answer({ text: 'one two', state: 'completed' }))).toBe('Answer complete, 2 words');
    expect(endWords(answer({ text: 'one', state: 'stopped' }))).toBe('Answer stopped, 1 word');
    expect(endWords(answer({ state: 'failed' }))).toBe('');
  });
});
