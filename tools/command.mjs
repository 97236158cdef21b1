// What `npm run doctor` and `npm run migrate` run: builds what is not built, then becomes that program of the API.
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findNodeProblem } from './node-version.mjs';

const [name] = process.argv.splice(2, 1);
const problem = findNodeProblem(process.versions.node) ?? (await build());
if (problem) {
  process.stderr.write(`${problem}\n`);
  process.exit(1);
}
await import(`../apps/api/dist/${name}.js`);

async function build() {
  const { buildIfNeeded } = await import('./build.mjs');
  return buildIfNeeded(dirname(dirname(fileURLToPath(import.meta.url))));
}
