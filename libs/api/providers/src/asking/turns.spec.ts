import { turnsOf } from './turns';

const user = (content: string) => ({ role: 'user' as const, content });
const assistant = (content: string) => ({ role: 'assistant' as const, content });
const system = (content: string) => ({ role: 'system' as const, content });

describe('the turns of a conversation', () => {
  it.each([
    ['the system prompt apart', [system('s'), user('a')], 's', [user('a')]],
    ['several system prompts as paragraphs', [system('s'), user('a'), system('t')], 's\n\nt', [user('a')]],
    ['two messages of one role as one', [user('a'), user('b'), assistant('c')], undefined, [user('a\n\nb'), assistant('c')]],
    ['nothing that is empty', [system(''), user('a'), assistant(''), user('b')], undefined, [user('a\n\nb')]],
    ['the user first', [assistant('a'), user('b')], undefined, [user('…'), assistant('a'), user('b')]],
    ['no message at all', [], undefined, []],
  ])('hold %s', (_, messages, expected, turns) => expect(turnsOf(messages)).toEqual({ system: expected, turns }));
});
