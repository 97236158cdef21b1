import { WORKSPACE } from '@echo/testing';
import { execFile } from 'node:child_process';
import { join } from 'node:path';

export interface CommandResult {
  readonly code: number;
  readonly output: string;
}

/** Runs a program of the built API, such as `doctor` or `migrate`, with these settings and no others. */
export function runCommand(
  name: string,
  words: readonly string[],
  env: Readonly<Record<string, string>>,
  cwd: string,
): Promise<CommandResult> {
  const file = join(WORKSPACE, `apps/api/dist/${name}.js`);
  return new Promise((resolve) =>
    execFile(process.execPath, [file, ...words], { cwd, env: { PATH: process.env['PATH'], ...env } }, (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, output: `${stdout}${stderr}` }),
    ),
  );
}
