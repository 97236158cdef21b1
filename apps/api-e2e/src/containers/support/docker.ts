import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** The image of this very source, built by `npm run test:containers`; `-slim` behind it: the one with a shell. */
export const IMAGE = process.env['ECHO_TEST_IMAGE'] ?? 'echov2:test';

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a program to its end. Never rejects. */
export function attempt(program: string, args: readonly string[], { cwd, env }: RunOptions = {}): Promise<Ran> {
  return new Promise((resolve) =>
    execFile(program, args, { cwd, env: { ...process.env, ...env }, maxBuffer: 64 * 2 ** 20 }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code ?? 1) : 0, stdout, stderr }),
    ),
  );
}

/** Runs a program. Resolves to what it printed; rejects, with what it complained about, where it fails. */
export async function run(program: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  const { code, stdout, stderr } = await attempt(program, args, options);
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code}:\n${stdout}\n${stderr}`);
  return stdout.trim();
}

export function docker(...args: readonly string[]): Promise<string> {
  return run('docker', args);
}

/** What the engine knows about something. */
export async function inspect<T>(name: string): Promise<T> {
  return (JSON.parse(await docker('inspect', name)) as [T])[0];
}

/** The address of this machine that containers know as host.docker.internal; loopback where the engine lives in a machine of its own and forwards. */
export async function hostAddress(): Promise<string> {
  const gateway = await docker('network', 'inspect', 'bridge', '--format', '{{(index .IPAM.Config 0).Gateway}}');
  // The list of interfaces would not do: a bridge without containers is not in it.
  const server = createServer().listen(0, gateway);
  const isOurs = await once(server, 'listening').then(
    () => true,
    () => false, // Nothing of this machine has that address.
  );
  server.close();
  return isOurs ? gateway : '127.0.0.1';
}
