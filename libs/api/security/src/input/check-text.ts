import { type FieldProblem, findCharacterFault, findTextFault, type TextFault } from '@echo/contract';
import { Refusal } from '../refusals/refusal';

/** Refuses a message that cannot be stored and sent exactly as typed. `pointer` is a JSON Pointer into the body. */
export function checkMessage(text: string, max: number, pointer: string): void {
  refuse(findTextFault(text, max), pointer, 'Write a message.');
}

/** Refuses a short text of one line, such as a title or a name. */
export function checkName(text: string, max: number, pointer: string): void {
  refuse(findTextFault(text, max), pointer, 'Give it at least one visible character.');
}

/** Refuses characters that the database cannot hold, in a text that may be empty. */
export function checkCharacters(text: string, pointer: string): void {
  refuse(findCharacterFault(text), pointer, '');
}

function refuse(fault: TextFault | undefined, pointer: string, whenEmpty: string): void {
  if (!fault) return;
  const problem: FieldProblem = { pointer, code: fault.code, detail: detailOf(fault, whenEmpty) };
  throw Refusal.ofFields([problem]);
}

function detailOf(fault: TextFault, whenEmpty: string): string {
  switch (fault.code) {
    case 'empty':
      return `The text is empty. ${whenEmpty}`;
    case 'too_long':
      return `The text has ${fault.length} characters; ${fault.max} are allowed. Shorten it.`;
    case 'nul_character':
      return `The character U+0000 at position ${fault.index} cannot be stored. Remove it.`;
    case 'lone_surrogate':
      return `Half of a surrogate pair at position ${fault.index} is no character. Remove it.`;
  }
}
