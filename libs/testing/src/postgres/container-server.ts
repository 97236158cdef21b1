import { hostOverride } from './docker-engine';
import { type TestServer } from './test-server';

/** What the compose file runs. */
export const IMAGE = 'postgres:17';

/** A PostgreSQL in a container. Testcontainers removes it also when this process is killed. */
export async function startContainerServer(): Promise<TestServer> {
  const override = await hostOverride();
  if (override !== undefined) process.env['TESTCONTAINERS_HOST_OVERRIDE'] = override;
  // Half a second to load: only where it is used.
  const { PostgreSqlContainer } = await import('@testcontainers/postgresql');
  const forgetful = ['fsync=off', 'full_page_writes=off', 'synchronous_commit=off'].flatMap((setting) => ['-c', setting]);
  const container = await new PostgreSqlContainer(IMAGE).withCommand(['postgres', ...forgetful]).start();
  return {
    url: container.getConnectionUri(),
    stop: async () => {
      await container.stop();
    },
  };
}
