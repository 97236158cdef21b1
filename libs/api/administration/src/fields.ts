import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { applyDecorators } from '@nestjs/common';
import { ValidateBy, ValidateIf } from 'class-validator';

/** A field that may be left out or null; `test` says what else it may be. */
function optional(options: ApiPropertyOptions, what: string, test: (value: unknown) => boolean): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ ...options, required: false } as ApiPropertyOptions),
    ValidateIf((_, value) => value !== undefined && value !== null),
    ValidateBy({ name: 'form', validator: { validate: test, defaultMessage: () => `wrong_type|This field must be ${what}.` } }),
  );
}

/** A list of texts, or null. */
export function Texts(description: string): PropertyDecorator {
  return optional(
    { type: [String], nullable: true, description },
    'a list of texts',
    (value) => Array.isArray(value) && value.every(isText),
  );
}

/** An object whose values are texts, or null. */
export function TextByName(description: string): PropertyDecorator {
  const options = { type: 'object', additionalProperties: { type: 'string' }, nullable: true, description } as const;
  return optional(options, 'an object of texts', (value) => isObject(value) && Object.values(value).every(isText));
}

/** An object whose values are lists of texts. */
export function TextsByName(description: string): PropertyDecorator {
  const options = { type: 'object', additionalProperties: { type: 'array', items: { type: 'string' } }, description } as const;
  return optional(options, 'an object of lists of texts', (value) => {
    return isObject(value) && Object.values(value).every((each) => Array.isArray(each) && each.every(isText));
  });
}

/** A whole number of seconds from 1 to `max`, or null. */
export function Seconds(description: string, max: number): PropertyDecorator {
  const options = { type: 'integer', minimum: 1, maximum: max, nullable: true, description } as const;
  return optional(options, `a whole number of seconds from 1 to ${max}`, (value) => {
    return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= max;
  });
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
