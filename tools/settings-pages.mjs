// Writes .env.example and docs/settings.md from what the readers of settings ask for. Run with: npm run docs:settings
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildIfNeeded } from './build.mjs';
import { findNodeProblem } from './node-version.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const problem = findNodeProblem(process.versions.node) ?? (await buildIfNeeded(root));
if (problem) {
  process.stderr.write(`${problem}\n`);
  process.exit(1);
}
const { imageSettings, settingsExample, settingsPage } = createRequire(import.meta.url)('../apps/api/dist/config/settings-pages.js');
const image = imageSettings(readFileSync(join(root, 'docker/Dockerfile'), 'utf8'));
writeFileSync(join(root, '.env.example'), settingsExample());
writeFileSync(join(root, 'docs/settings.md'), settingsPage(image));
