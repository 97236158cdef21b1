import { type ModelMessage } from '../language-model';

export interface Turn {
  readonly role: 'user' | 'assistant';
  readonly content: string;
}

export interface Turns {
  /** All system messages, one paragraph each; undefined without one. */
  readonly system: string | undefined;
  /** Roles take turns, the user begins. */
  readonly turns: readonly Turn[];
}

/** Stands where an exchange begins with the assistant, for vendors that refuse such a one. */
const BEGINNING = '…';

/** The messages for a vendor that takes the system prompt apart and wants roles to take turns. Empty messages are left out: they are refused. */
export function turnsOf(messages: readonly ModelMessage[]): Turns {
  const turns: Turn[] = [];
  for (const { role, content } of messages) {
    if (role === 'system' || content === '') continue;
    const last = turns.at(-1);
    if (last === undefined && role === 'assistant') turns.push({ role: 'user', content: BEGINNING });
    if (last?.role === role) turns[turns.length - 1] = { role, content: `${last.content}\n\n${content}` };
    else turns.push({ role, content });
  }
  const system = messages.filter(({ role, content }) => role === 'system' && content !== '').map(({ content }) => content);
  return { system: system.length === 0 ? undefined : system.join('\n\n'), turns };
}
