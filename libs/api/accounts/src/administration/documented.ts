import { LIMITS } from '@echo/contract';

export const ID = { name: 'id', schema: { type: 'string' as const, format: 'uuid' } };
export const CURSOR = { name: 'cursor', required: false, type: String, description: '`next_cursor` of the page before.' };
export const LIMIT = {
  name: 'limit',
  required: false,
  schema: { type: 'integer' as const, minimum: 1, maximum: LIMITS.pageSizeMax, default: LIMITS.pageSizeDefault },
};
