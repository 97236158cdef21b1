import { type FieldProblem, type ProblemCode } from '@echo/contract';
import { ValidationPipe, type ValidationError } from '@nestjs/common';
import { Refusal } from '../refusals/refusal';

/** Checks bodies against their DTOs; unknown fields are refused, nothing is converted. */
export function requestValidation(): ValidationPipe {
  return new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    stopAtFirstError: true,
    exceptionFactory: (errors) => {
      const problems = errors.flatMap((error) => problemsOf(error, ''));
      const [first = { pointer: '', code: 'invalid_body' as const, detail: 'The body cannot be used.' }, ...rest] = problems;
      return Refusal.ofFields([first, ...rest]);
    },
  });
}

function problemsOf(error: ValidationError, parent: string): FieldProblem[] {
  const pointer = `${parent}/${error.property.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  const own = Object.entries(error.constraints ?? {})
    .slice(0, 1)
    .map(([constraint, message]) => problemOf(pointer, constraint, message));
  return [...own, ...(error.children ?? []).flatMap((child) => problemsOf(child, pointer))];
}

function problemOf(pointer: string, constraint: string, message: string): FieldProblem {
  if (constraint === 'whitelistValidation') return { pointer, code: 'unknown_field', detail: 'This field is not known. Remove it.' };
  const [code, detail] = message.split('|');
  // The messages are those of fields.ts, which name the code first.
  return detail === undefined ? { pointer, code: 'invalid_value', detail: message } : { pointer, code: code as ProblemCode, detail };
}
