import { type TestServer } from './test-server';

/** Where `globalSetup` tells Jest's workers the address of the server that all spec files of a run share. */
const VARIABLE = 'ECHO_TEST_POSTGRES_URL';
/** `globalSetup` and `globalTeardown` run in one process, but each in an instance of its modules of its own. */
const KEY = Symbol.for('echo.testing.postgres');
const shared = globalThis as { [KEY]?: TestServer };

export function sharedUrl(): string | undefined {
  return process.env[VARIABLE];
}

export function share(server: TestServer): void {
  shared[KEY] = server;
  process.env[VARIABLE] = server.url;
}

export async function stopShared(): Promise<void> {
  await shared[KEY]?.stop();
  delete process.env[VARIABLE];
}
