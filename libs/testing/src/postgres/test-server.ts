import { IMAGE, startContainerServer } from './container-server';
import { engineHasImage } from './docker-engine';
import { startEmbeddedServer } from './embedded-server';

/** A PostgreSQL whose user may create databases. */
export interface TestServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** A container where a Docker engine has the image and can run it, else the embedded PostgreSQL. `ECHO_TEST_POSTGRES` = `container` or `embedded` decides for itself. */
export async function startTestServer(): Promise<TestServer> {
  const choice = process.env['ECHO_TEST_POSTGRES'];
  switch (choice) {
    case undefined:
      return (await engineHasImage(IMAGE)) ? startContainerServer().catch(startWithoutContainer) : startEmbeddedServer();
    case 'container':
      return startContainerServer();
    case 'embedded':
      return startEmbeddedServer();
    default:
      throw new Error(`ECHO_TEST_POSTGRES is "${choice}": it can be "container" or "embedded".`);
  }
}

/** An engine that is being set up, or lacks what testcontainers needs beside the image, keeps no test from running. */
function startWithoutContainer(error: unknown): Promise<TestServer> {
  process.stderr.write(`The Docker engine starts no PostgreSQL, the embedded one is used: ${String(error)}\n`);
  return startEmbeddedServer();
}
