// What `npm start` runs: builds what is not built, then becomes the application, so that signals to this process are the application's.
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findNodeProblem } from './node-version.mjs';

const problem = findNodeProblem(process.versions.node) ?? (await build());
if (problem) {
  process.stderr.write(`${problem}\n`);
  process.exit(1);
}
await import('../apps/api/dist/main.js');

async function build() {
  const { buildIfNeeded } = await import('./build.mjs');
  return buildIfNeeded(dirname(dirname(fileURLToPath(import.meta.url))));
}
