import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { hostname } from 'node:os';
import { engineHasImage, hostOverride } from './docker-engine';

describe('the Docker engine, as far as tests ask for it', () => {
  let server: Server;

  const engine = async (answer: RequestListener) => {
    server = createServer(answer).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    return { DOCKER_HOST: `tcp://127.0.0.1:${(server.address() as AddressInfo).port}` };
  };

  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  it('has an image that it knows', async () => {
    const paths: (string | undefined)[] = [];
    const environment = await engine((request, response) => {
      paths.push(request.url);
      response.end('{"Id":"sha256:1"}');
    });
    await expect(engineHasImage('postgres:17', environment)).resolves.toBe(true);
    expect(paths).toEqual(['/images/postgres:17/json']);
  });

  it('does not have one that it would have to pull', async () => {
    const environment = await engine((_request, response) => response.writeHead(404).end('{"message":"No such image"}'));
    await expect(engineHasImage('postgres:17', environment)).resolves.toBe(false);
  });

  it('is none when it does not answer within half a second', async () => {
    const environment = await engine(() => undefined);
    const start = performance.now();
    await expect(engineHasImage('postgres:17', environment)).resolves.toBe(false);
    expect(performance.now() - start).toBeLessThan(1_000);
  });

  it('is none when nobody listens', async () => {
    const environment = await engine(() => undefined);
    server.close();
    await expect(engineHasImage('postgres:17', environment)).resolves.toBe(false);
  });

  it('is on our loopback when it runs under our own host name, whatever a mark of a container says', async () => {
    const environment = await engine((_request, response) => response.end(JSON.stringify({ Name: hostname() })));
    await expect(hostOverride(environment, __filename)).resolves.toBe('127.0.0.1');
    await expect(hostOverride(environment, `${__filename}.missing`)).resolves.toBeUndefined();
    await expect(hostOverride({ ...environment, TESTCONTAINERS_HOST_OVERRIDE: 'docker' }, __filename)).resolves.toBeUndefined();
  });

  it('is left to testcontainers when it runs elsewhere', async () => {
    const environment = await engine((_request, response) => response.end('{"Name":"another-machine"}'));
    await expect(hostOverride(environment, __filename)).resolves.toBeUndefined();
  });
});
