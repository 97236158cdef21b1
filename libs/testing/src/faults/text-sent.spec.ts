import { openAiChat } from '../provider-server/open-ai-chat';
import { textSent } from './text-sent';

describe('textSent', () => {
  const answer = openAiChat.text(['One ', 'two ', '🦊'], { pace: 1, reasoning: ['hm'] });

  it('is the whole text, without reasoning and waits', () => {
    expect(textSent(answer)).toBe('One two 🦊');
  });

  it('is what lay in whole events by so many bytes', () => {
    const whole = answer.steps.map((step) => ('write' in step ? String(step.write) : '')).join('');
    const upTo = Buffer.byteLength(whole.slice(0, whole.indexOf('two '))) + 50;
    expect(textSent(answer, upTo)).toBe('One two ');
    expect(textSent(answer, upTo - 50)).toBe('One ');
    expect(textSent(answer, 0)).toBe('');
  });
});
