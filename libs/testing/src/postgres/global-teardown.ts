import { stopShared } from './shared-server';

/** For Jest's `globalTeardown`. */
export default async function stopSharedPostgres(): Promise<void> {
  await stopShared();
}
