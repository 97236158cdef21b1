// What the last build was made of and what it made, so that a start that has nothing to build need not start the build system.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const SOURCES = ['apps/api', 'apps/web', 'libs', 'package.json', 'package-lock.json', 'nx.json', 'tsconfig.base.json', 'tsconfig.web.json'];
/** Without one of these nothing runs, whatever the stamp says. */
const ENTRIES = ['apps/api/dist/main.js', 'apps/web/dist/browser/index.html'];
const OUTPUT = 'dist';
/** Tests, and what tools leave beside the sources. */
const IGNORED = /^(?:node_modules|out-tsc|coverage|artifacts|\.angular)$|\.(?:int-|e2e-)?spec\.ts$|\.tsbuildinfo$/;

/** A hash of the content of everything that is built. Take it before a build: what changes meanwhile makes the stamp stale. */
export function hashSources(root) {
  const hash = createHash('sha256');
  for (const path of filesIn(root, SOURCES, (name) => name !== OUTPUT && !IGNORED.test(name))) {
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(root, path)))
      .update('\0');
  }
  return hash.digest('hex');
}

/** Whether the outputs are those that were recorded, made of these very sources. */
export function isBuilt(root) {
  if (!ENTRIES.every((path) => existsSync(join(root, path))) || !existsSync(stampFile(root))) return false;
  return readFileSync(stampFile(root), 'utf8') === stampOf(root, hashSources(root));
}

/** Remembers that the outputs that are there now were made of the sources with this hash. */
export function recordBuild(root, sources) {
  mkdirSync(dirname(stampFile(root)), { recursive: true });
  writeFileSync(stampFile(root), stampOf(root, sources));
}

/** Outputs count by size and time: a build that somebody made by hand of other sources is noticed too. */
function stampOf(root, sources) {
  const hash = createHash('sha256');
  for (const path of filesIn(root, ['apps/api', 'apps/web', 'libs'], (name) => !/^(?:node_modules|src)$/.test(name))) {
    if (!path.includes(`/${OUTPUT}/`)) continue;
    const { size, mtimeMs } = statSync(join(root, path));
    hash.update(`${path}\0${size}\0${mtimeMs}\0`);
  }
  return `${sources} ${hash.digest('hex')}\n`;
}

/** Paths of files below `root`, in an order that is always the same. */
function* filesIn(root, paths, isWanted) {
  for (const path of paths) {
    const stats = statSync(join(root, path), { throwIfNoEntry: false });
    if (stats?.isFile()) yield path;
    if (!stats?.isDirectory()) continue;
    const names = readdirSync(join(root, path)).filter(isWanted).sort();
    yield* filesIn(
      root,
      names.map((name) => `${path}/${name}`),
      isWanted,
    );
  }
}

function stampFile(root) {
  return join(root, 'node_modules/.cache/echov2/build-stamp');
}
