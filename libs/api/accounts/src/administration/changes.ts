import { type UserRow } from '@echo/api-persistence';

type Seen = Pick<UserRow, 'name' | 'role' | 'status'>;

/** What is different, for the audit log. A name is not told: it would outlive its account. */
export function changesOf(before: Seen, after: Seen): string {
  return [
    ...(before.name === after.name ? [] : ['name']),
    ...(['role', 'status'] as const).flatMap((field) =>
      before[field] === after[field] ? [] : [`${field} ${before[field]} → ${after[field]}`],
    ),
  ].join('; ');
}
