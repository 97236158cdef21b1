import { Refusal } from '@echo/api-security';
import { LIMITS } from '@echo/contract';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { type Request } from 'express';

/** How the header is documented. */
export const IDEMPOTENCY_HEADER = {
  name: 'Idempotency-Key',
  required: false,
  description:
    'One key, one answer: the same request under the same key joins or replays the run that the first one started, for 24 hours.',
  schema: { type: 'string', minLength: 1, maxLength: LIMITS.idempotencyKeyChars },
} as const;

/** Parameter of a handler: the `Idempotency-Key`, 1 to 255 visible ASCII characters, or undefined when none was sent. */
export const IdempotencyKey = createParamDecorator((_: unknown, context: ExecutionContext): string | undefined => {
  const key = context.switchToHttp().getRequest<Request>().headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key !== 'string' || key.length > LIMITS.idempotencyKeyChars || !/^[\x21-\x7e]+$/.test(key)) {
    throw new Refusal(
      'invalid_idempotency_key',
      `Send an Idempotency-Key of 1 to ${LIMITS.idempotencyKeyChars} visible ASCII characters, or none.`,
    );
  }
  return key;
});
