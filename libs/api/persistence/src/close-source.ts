import { type Pool } from 'pg';
import { type DataSource } from 'typeorm';

/** Milliseconds that connections get for their goodbye. */
const GOODBYE_MS = 1_000;

/**
 * Ends a data source and waits until its connections have said goodbye: a pool calls itself ended before that, and a database that is stopped right after
 * it would report them as lost.
 */
export async function closeSource(source: DataSource): Promise<void> {
  const { master } = source.driver as unknown as { master?: Pool };
  const farewell = master && master.totalCount > 0 ? allGone(master) : undefined;
  await source.destroy();
  await farewell;
}

function allGone(pool: Pool): Promise<void> {
  let left = pool.totalCount;
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, GOODBYE_MS);
    pool.on('remove', () => {
      if (--left > 0) return;
      clearTimeout(timer);
      resolve();
    });
  });
}
