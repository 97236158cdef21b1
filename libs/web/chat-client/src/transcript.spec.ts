import { mergeStored } from './merge-stored';
import { outgoingPrompt } from './outgoing';
import { append, branchOf, EMPTY_TRANSCRIPT, remove, replace, showBranchOf, storedIdAt } from './transcript';
import { storedAnswer, storedMessage } from './testing/stored';

const ids = (transcript: typeof EMPTY_TRANSCRIPT) => branchOf(transcript).map(({ id }) => id);
const echo = () => {
  const { prompt, answer } = outgoingPrompt('Hi', {}, { parent: null, atEnd: true, conversationId: 7, parentId: null }, false);
  if (!prompt) throw new Error('a prompt has an echo');
  return { prompt, answer };
};

describe('the transcript', () => {
  it('is empty at first', () => {
    expect(branchOf(EMPTY_TRANSCRIPT)).toEqual([]);
    expect(branchOf(mergeStored(EMPTY_TRANSCRIPT, []))).toEqual([]);
  });

  it('shows the branch of the newest message, in whatever order they are read', () => {
    const stored = [storedAnswer(5, 4), storedMessage(1), storedAnswer(3, 1), storedMessage(4, { parent_id: 2 }), storedAnswer(2, 1)];
    const transcript = mergeStored(EMPTY_TRANSCRIPT, stored);
    expect(ids(transcript)).toEqual([1, 2, 4, 5]);
    expect(ids(showBranchOf(transcript, 3))).toEqual([1, 3]);
    expect(ids(showBranchOf(transcript, 1))).toEqual([1, 2, 4, 5]);
    expect(showBranchOf(transcript, 99)).toBe(transcript);
  });

  it('keeps the objects of messages that have not changed', () => {
    const stored = [storedMessage(1), storedAnswer(2, 1), storedMessage(3, { parent_id: 2 })];
    const before = mergeStored(EMPTY_TRANSCRIPT, stored);
    const [question, answer, next] = branchOf(before);
    const grown = mergeStored(before, JSON.parse(JSON.stringify([...stored, storedAnswer(4, 3)])) as typeof stored);
    expect(branchOf(grown).map((message, index) => message === [question, answer, next][index])).toEqual([true, true, true, false]);
    const other = storedAnswer(2, 1, { content: 'another' });
    const changed = branchOf(mergeStored(grown, [storedMessage(1), other, storedMessage(3, { parent_id: 2 })]));
    expect(changed.map((message, index) => message === [question, answer, next][index])).toEqual([true, false, true, false]);
    const versions = branchOf(mergeStored(before, [...stored, storedAnswer(9, 1)]));
    expect([versions[0] === question, versions[1]?.siblings]).toEqual([true, [2, 9]]);
  });

  it('tells the versions of a message apart from what follows it', () => {
    const transcript = mergeStored(EMPTY_TRANSCRIPT, [storedMessage(1), storedAnswer(2, 1), storedAnswer(3, 1), storedMessage(4)]);
    expect(branchOf(showBranchOf(transcript, 2)).map(({ siblings }) => siblings)).toEqual([
      [1, 4],
      [2, 3],
    ]);
  });

  it('keeps the keys of what was echoed when it is stored', () => {
    const { prompt, answer } = echo();
    let transcript = append(append(EMPTY_TRANSCRIPT, prompt, null), answer, prompt.key);
    transcript = replace(transcript, { ...answer, id: 2, startedAt: 5, text: 'seen', state: 'completed' });
    transcript = mergeStored(transcript, [storedMessage(1), storedAnswer(2, 1, { content: 'stored' })]);
    expect(branchOf(transcript)).toMatchObject([
      { key: prompt.key, id: 1, parentId: null },
      { key: answer.key, id: 2, parentId: 1, startedAt: 5, text: 'stored' },
    ]);
    expect(transcript.entries.size).toBe(2);
  });

  it('keeps what the server does not know yet', () => {
    const { prompt, answer } = echo();
    const before = mergeStored(EMPTY_TRANSCRIPT, [storedMessage(1), storedAnswer(2, 1)]);
    const transcript = append(append(before, prompt, before.leaf), answer, prompt.key);
    expect(ids(mergeStored(transcript, [storedMessage(1), storedAnswer(2, 1)]))).toEqual([1, 2, undefined, undefined]);
    expect(storedIdAt(transcript, transcript.leaf)).toBe(2);
  });

  it('does not let an older reading take an end back', () => {
    const { prompt, answer } = echo();
    let transcript = append(append(EMPTY_TRANSCRIPT, prompt, null), answer, prompt.key);
    transcript = replace(transcript, { ...answer, id: 2, text: 'all of it', state: 'completed' });
    transcript = mergeStored(transcript, [storedMessage(1), storedAnswer(2, 1, { content: '', status: 'streaming' })]);
    expect(branchOf(transcript).at(-1)).toMatchObject({ id: 2, text: 'all of it', state: 'completed' });
  });

  it('takes back what was refused', () => {
    const { prompt, answer } = echo();
    const before = mergeStored(EMPTY_TRANSCRIPT, [storedMessage(1)]);
    const transcript = append(append(before, prompt, before.leaf), answer, prompt.key);
    expect(ids(remove(transcript, [prompt.key, answer.key], before.leaf))).toEqual([1]);
  });

  it('survives messages whose parents are missing, younger or themselves', () => {
    const stored = [
      storedMessage(1, { parent_id: 1 }),
      storedMessage(2, { parent_id: 3 }),
      storedMessage(3, { parent_id: 2 }),
      storedMessage(9, { parent_id: 8 }),
    ];
    expect(ids(mergeStored(EMPTY_TRANSCRIPT, stored))).toEqual([9]);
    expect(ids(showBranchOf(mergeStored(EMPTY_TRANSCRIPT, stored), 2))).toEqual([2, 3]);
  });

  it('reads a branch of ten thousand messages without recursion', () => {
    const stored = Array.from({ length: 10_000 }, (_, index) => storedMessage(index + 1, { parent_id: index === 0 ? null : index }));
    expect(branchOf(mergeStored(EMPTY_TRANSCRIPT, stored))).toHaveLength(10_000);
  });
});
