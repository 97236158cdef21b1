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

  it('passes over what is no event of an answer, and ends where an answer does not', () => {
    expect(textSent(openAiChat.raw(`: hi\n\ndata: {"oops"\n\n${openAiChat.event({ choices: [] })}${openAiChat.done}`))).toBe('');
    const piece = openAiChat.event({ choices: [{ index: 0, delta: { content: 'x' } }] });
    expect(textSent({ steps: [{ write: piece, times: Infinity }] })).toMatch(/^x+$/);
    expect(textSent({ steps: [{ write: piece, times: 3 }] })).toBe('xxx');
  });
});
