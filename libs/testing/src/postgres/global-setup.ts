import { share } from './shared-server';
import { startTestServer } from './test-server';

/** For Jest's `globalSetup`: one PostgreSQL for all spec files of a run. */
export default async function startSharedPostgres(): Promise<void> {
  share(await startTestServer());
}
