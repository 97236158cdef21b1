import startSharedPostgres from '../postgres/global-setup';
import { keepDescription } from './built-description';

/** For Jest's `globalSetup` of a suite that runs the built application: a PostgreSQL and the description of the API for all spec files of a run. */
export default async function startShared(): Promise<void> {
  await startSharedPostgres();
  await keepDescription();
}
