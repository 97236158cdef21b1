import { type ProblemCode } from '@echo/contract';
import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { ValidateBy, ValidateIf } from 'class-validator';

/** Says of a value of the wrong type what it must be. The problem filter reads code and detail from the message. */
function mustBe(name: string, what: string, test: (value: unknown) => boolean, code: ProblemCode = 'wrong_type'): PropertyDecorator {
  return ValidateBy({
    name,
    validator: {
      validate: test,
      defaultMessage: (args) =>
        args?.value === undefined ? 'missing_field|This field is required.' : `${code}|This field must be ${what}.`,
    },
  });
}

/** Lets a field be left out; null too, where `nullable`. */
function optional(nullable: boolean): PropertyDecorator {
  return ValidateIf((_, value) => value !== undefined && !(nullable && value === null));
}

type FieldOptions = ApiPropertyOptions & { readonly required?: boolean; readonly nullable?: boolean };

function field(options: FieldOptions, check: PropertyDecorator): PropertyDecorator {
  const required = options.required ?? true;
  return applyDecorators(
    ApiProperty({ ...options, required } as ApiPropertyOptions),
    ...(required ? [] : [optional(options.nullable ?? false)]),
    check,
  );
}

/** A JSON string. Its length and characters are checked where it is used, against the operator's limits. */
export function Text(options: FieldOptions): PropertyDecorator {
  return field(
    { type: String, ...options },
    mustBe('text', 'a string', (value) => typeof value === 'string'),
  );
}

/** A JSON number. Whether it is an id that exists is found out where it is used. */
export function Id(options: FieldOptions): PropertyDecorator {
  return field(
    { type: 'integer', ...options },
    mustBe('id', 'a number', (value) => typeof value === 'number'),
  );
}

/** A JSON number between two others, both included. */
export function Between(minimum: number, maximum: number, options: FieldOptions): PropertyDecorator {
  const isIn = (value: unknown) => typeof value === 'number' && value >= minimum && value <= maximum;
  return field(
    { type: Number, minimum, maximum, ...options },
    mustBe('between', `a number from ${minimum} to ${maximum}`, isIn, 'invalid_value'),
  );
}

/** A JSON boolean. */
export function Flag(options: FieldOptions): PropertyDecorator {
  return field(
    { type: Boolean, ...options },
    mustBe('flag', 'true or false', (value) => typeof value === 'boolean'),
  );
}

/** One of a few strings. */
export function OneOf(values: readonly string[], options: FieldOptions = {}): PropertyDecorator {
  return field(
    { enum: values, ...options },
    mustBe('oneOf', `one of ${values.join(', ')}`, (value) => values.includes(value as string), 'invalid_value'),
  );
}
