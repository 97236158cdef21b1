import { spawn } from 'node:child_process';
import { docker } from './docker';

export interface ImageFile {
  readonly path: string;
  /** As `ls` writes it: `-rw-r--r--` */
  readonly mode: string;
  readonly owner: string;
  readonly bytes: number;
}

/** Everything that is in an image, without starting it. */
export async function filesOf(image: string): Promise<ImageFile[]> {
  const container = await docker('create', image);
  try {
    return (await list(container)).split('\n').flatMap((line) => {
      const [, mode, owner, bytes, path] = /^(\S{10}) (\S+) +(\d+) \S+ \S+ (.+?)(?: -> .*| link to .*)?$/.exec(line) ?? [];
      return path === undefined ? [] : [{ path: `/${path}`, mode: mode ?? '', owner: owner ?? '', bytes: Number(bytes) }];
    });
  } finally {
    await docker('rm', container);
  }
}

function list(container: string): Promise<string> {
  const child = spawn('sh', ['-c', 'docker export "$0" | tar -tvf - --numeric-owner', container], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => (text += part));
  return new Promise((resolve, reject) =>
    child
      .once('error', reject)
      .once('close', (code) => (code === 0 ? resolve(text) : reject(new Error(`The image cannot be read: ${code}`)))),
  );
}
