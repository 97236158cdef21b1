import { findTextFault } from '@echo/contract';
import { ApiProblem } from './api-problem';

/** The limits that the server has, applied before anything is sent. Undefined when the prompt can be sent. */
export function checkPrompt(prompt: string, maxChars: number): ApiProblem | undefined {
  const fault = findTextFault(prompt, maxChars);
  switch (fault?.code) {
    case undefined:
      return undefined;
    case 'empty':
      return new ApiProblem('Write something first.', 0, fault.code);
    case 'too_long':
      return new ApiProblem(`This is ${fault.length} characters long; ${fault.max} are possible. Shorten it.`, 0, fault.code);
    case 'nul_character':
      return new ApiProblem(`There is an invisible character U+0000 at position ${fault.index + 1}. Remove it.`, 0, fault.code);
    case 'lone_surrogate':
      return new ApiProblem(`There is half of a character at position ${fault.index + 1}. Remove it.`, 0, fault.code);
  }
}
