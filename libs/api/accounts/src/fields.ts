import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { ValidateBy, ValidateIf } from 'class-validator';

/** A whole number of days from 1 to `max`, which may be left out. */
export function Days(max: number, fallback: number): PropertyDecorator {
  const test = (value: unknown) => typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= max;
  return applyDecorators(
    ApiProperty({ type: 'integer', minimum: 1, maximum: max, default: fallback, required: false }),
    ValidateIf((_, value) => value !== undefined),
    ValidateBy({
      name: 'days',
      validator: { validate: test, defaultMessage: () => `invalid_value|Give a whole number of days from 1 to ${max}.` },
    }),
  );
}

/** One or more of a few strings, each once. */
export function SomeOf(values: readonly string[], options: ApiPropertyOptions = {}): PropertyDecorator {
  const test = (value: unknown) =>
    Array.isArray(value) &&
    value.length > 0 &&
    new Set(value).size === value.length &&
    value.every((each) => values.includes(each as string));
  return applyDecorators(
    ApiProperty({ ...options, enum: values, isArray: true }),
    ValidateBy({
      name: 'someOf',
      validator: {
        validate: test,
        defaultMessage: (args) =>
          args?.value === undefined
            ? 'missing_field|This field is required.'
            : `invalid_value|This field must be a list of one or more of ${values.join(', ')}, each once.`,
      },
    }),
  );
}
