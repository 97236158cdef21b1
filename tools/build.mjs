import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { hashSources, isBuilt, recordBuild } from './build-stamp.mjs';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
/** Milliseconds that a build has to end when it is told to. */
const STOP_MS = 5_000;

/** Builds what is not built. Resolves to why it could not; undefined: all is built. A signal ends the build, and then this process. */
export async function buildIfNeeded(root) {
  if (isBuilt(root)) return undefined;
  const nx = join(root, 'node_modules/.bin/nx');
  if (!existsSync(nx)) return 'EchoV2 is not built, and what builds it is not installed. Run "npm ci" first.';
  process.stdout.write('Building EchoV2 …\n');
  const sources = hashSources(root);
  const { code, output } = await run(nx, root);
  if (code !== 0) return `${output}\nEchoV2 could not be built. The reason is above.`;
  recordBuild(root, sources);
  return undefined;
}

async function run(nx, root) {
  const child = spawn(process.execPath, [nx, 'run-many', '-t', 'build', '-p', 'api', 'web', '--outputStyle=static'], {
    cwd: root,
    env: { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false', PATH: `${join(root, 'node_modules/.bin')}${delimiter}${process.env.PATH}` },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A process group of its own, so that the compilers that it starts can be ended with it.
    detached: true,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));

  let received;
  const stop = (signal) => {
    received ??= signal;
    end(child.pid, 'SIGTERM');
    setTimeout(() => end(child.pid, 'SIGKILL'), STOP_MS).unref();
  };
  for (const signal of SIGNALS) process.on(signal, stop);
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  for (const signal of SIGNALS) process.off(signal, stop);
  if (received) {
    // With no listener left, the signal ends us as it would have without a build.
    process.kill(process.pid, received);
    await new Promise(() => setInterval(() => undefined, 1_000));
  }
  return { code, output };
}

function end(group, signal) {
  try {
    process.kill(-group, signal);
  } catch (error) {
    // ESRCH: it has ended by itself.
    if (error.code !== 'ESRCH') throw error;
  }
}
