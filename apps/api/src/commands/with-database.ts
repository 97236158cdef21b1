import { startEmbeddedPostgres } from '@echo/api-persistence';
import { type Settings } from '../config/settings';

/** Gives `work` the address of the database: the operator's, or the embedded one, which runs for as long as the work takes. */
export async function withDatabase<T>(
  { url, dataDir }: Settings['database'],
  say: (line: string) => void,
  work: (url: string) => Promise<T>,
): Promise<T> {
  if (url !== undefined) return work(url);
  const embedded = await startEmbeddedPostgres({ dataDir, log: say });
  try {
    return await work(embedded.url);
  } finally {
    await embedded.stop();
  }
}
