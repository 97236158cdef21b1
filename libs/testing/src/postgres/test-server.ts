import { IMAGE, startContainerServer } from './container-server';
import { engineHasImage } from './docker-engine';
import { startEmbeddedServer } from './embedded-server';

/** A PostgreSQL whose user may create databases. */
export interface TestServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** A container where a Docker engine has the image, else the embedded PostgreSQL. `ECHO_TEST_POSTGRES` = `container` or `embedded` decides for itself. */
export async function startTestServer(): Promise<TestServer> {
  const choice = process.env['ECHO_TEST_POSTGRES'] ?? ((await engineHasImage(IMAGE)) ? 'container' : 'embedded');
  switch (choice) {
    case 'container':
      return startContainerServer();
    case 'embedded':
      return startEmbeddedServer();
    default:
      throw new Error(`ECHO_TEST_POSTGRES is "${choice}": it can be "container" or "embedded".`);
  }
}
