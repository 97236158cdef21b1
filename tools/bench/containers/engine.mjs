import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Runs `docker` to its end. Resolves to what it printed. */
export async function docker(words, options = {}) {
  const { stdout } = await run('docker', words, { maxBuffer: 64 * 2 ** 20, ...options, env: { ...process.env, ...options.env } });
  return stdout.trim();
}

/** Why nothing of containers can be measured here; undefined: it can. */
export async function whyNoEngine() {
  try {
    await docker(['compose', 'version']);
    await docker(['info']);
    return undefined;
  } catch {
    // What exactly is missing, `docker info` tells an operator better.
    return 'No Docker engine with Compose answers here: nothing of containers is measured.';
  }
}

/** The address of this machine that containers know as host.docker.internal; loopback where the engine lives in a machine of its own and forwards. */
export async function hostAddress() {
  const gateway = await docker(['network', 'inspect', 'bridge', '--format', '{{(index .IPAM.Config 0).Gateway}}']);
  const addresses = Object.values(networkInterfaces()).flatMap((each) => (each ?? []).map(({ address }) => address));
  if (addresses.includes(gateway)) return gateway;
  // A bridge without containers is in no list, and can be listened on all the same.
  const server = createServer().listen(0, gateway);
  const isOurs = await Promise.race([once(server, 'listening').then(() => true), once(server, 'error').then(() => false)]);
  server.close();
  return isOurs ? gateway : '127.0.0.1';
}

/** Bytes that a registry would hold of an image: its layers, compressed. */
export async function compressedSize(image) {
  const save = spawn('docker', ['save', image], { stdio: ['ignore', 'pipe', 'inherit'] });
  const gzip = spawn('gzip', ['-6', '--stdout'], { stdio: ['pipe', 'pipe', 'inherit'] });
  save.stdout.pipe(gzip.stdin);
  let bytes = 0;
  for await (const piece of gzip.stdout) bytes += piece.length;
  return bytes;
}
