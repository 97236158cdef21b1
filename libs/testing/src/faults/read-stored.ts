import { Client } from 'pg';
import { type StoredPrompt, type StoredRun } from './run-history';

/** One row for each prompt that was stored, by its text. */
const STORED = `
  select question.content as prompt, count(distinct question.id)::int as questions,
    coalesce(jsonb_agg(distinct jsonb_build_object('id', run.id, 'status', run.status, 'lastSeq', run.last_seq, 'isFinished', run.finished_at is not null,
      'messageStatus', answer.status, 'content', answer.content, 'events',
      (select coalesce(jsonb_agg(jsonb_build_object('seq', seq, 'kind', kind, 'body', body) order by seq), '[]') from run_event where run_id = run.id)
    )) filter (where run.id is not null), '[]') as runs
  from message question
  left join message answer on answer.parent_id = question.id
  left join run on run.message_id = answer.id
  where question.role = 'user' group by question.content`;

/** What the database holds about every prompt. */
export async function readStored(url: string): Promise<Map<string, StoredPrompt>> {
  const rows = await askPostgres<{ prompt: string; questions: number; runs: StoredRun[] }>(url, STORED);
  return new Map(rows.map(({ prompt, ...stored }) => [prompt, stored]));
}

/** One statement over a connection of its own. */
export async function askPostgres<Row extends object>(url: string, sql: string, values: readonly unknown[] = []): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  // Its end is told by the statement's rejection.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query<Row>(sql, [...values])).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}
