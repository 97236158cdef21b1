import { existsSync } from 'node:fs';
import { get, type RequestOptions } from 'node:http';
import { hostname } from 'node:os';
import { join } from 'node:path';

/** Milliseconds that a Docker engine has to answer one question. */
const ANSWER_MS = 400;

/** Whether a Docker engine answers at once and has `image` already: then nothing is pulled, and tests do not wait for a network. */
export async function engineHasImage(image: string, environment: NodeJS.ProcessEnv = process.env): Promise<boolean> {
  return (await ask(`/images/${image}/json`, environment)) !== undefined;
}

/**
 * What `TESTCONTAINERS_HOST_OVERRIDE` has to be; undefined: nothing.
 * Testcontainers takes a `/.dockerenv` for a sign that the engine is outside of this machine and waits for an address that nobody
 * has. When the engine says that it runs under our own host name, containers are on our loopback.
 */
export async function hostOverride(environment: NodeJS.ProcessEnv = process.env, marker = '/.dockerenv'): Promise<string | undefined> {
  if (environment['TESTCONTAINERS_HOST_OVERRIDE'] !== undefined || !existsSync(marker)) return undefined;
  const info = (await ask('/info', environment)) as { Name?: string } | undefined;
  return info?.Name === hostname() ? '127.0.0.1' : undefined;
}

/** The engine's answer; undefined when there is no engine, none that answers in time, or not what was asked for. */
function ask(path: string, environment: NodeJS.ProcessEnv): Promise<unknown> {
  const engine = findEngine(environment);
  if (!engine) return Promise.resolve(undefined);
  return new Promise((resolve) => {
    const request = get({ ...engine, path, signal: AbortSignal.timeout(ANSWER_MS), agent: false }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => (body += text));
      response.on('end', () => resolve(response.statusCode === 200 ? parse(body) : undefined));
      response.on('error', () => resolve(undefined));
    });
    request.on('error', () => resolve(undefined));
  });
}

function findEngine(environment: NodeJS.ProcessEnv): RequestOptions | undefined {
  const host = environment['DOCKER_HOST'];
  if (host?.startsWith('unix://')) return { socketPath: host.slice('unix://'.length) };
  if (host !== undefined) {
    const { hostname: name, port } = new URL(host);
    return { host: name, port };
  }
  const runtimeDir = environment['XDG_RUNTIME_DIR'];
  const sockets = ['/var/run/docker.sock', ...(runtimeDir === undefined ? [] : [join(runtimeDir, 'docker.sock')])];
  const socketPath = sockets.find((path) => existsSync(path));
  return socketPath === undefined ? undefined : { socketPath };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    // Something else than an engine listens there.
    return undefined;
  }
}
