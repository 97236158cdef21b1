// Run with: node --test tools/proxies-page.test.mjs
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { PAGE, proxiesPage } from './proxies-page.mjs';

describe('docs/proxies.md', () => {
  it('is what the examples make it: run `npm run docs:proxies`', () => {
    assert.equal(readFileSync(PAGE, 'utf8'), proxiesPage());
  });

  it('shows every example there is', () => {
    const folder = new URL('../docker/proxies/', import.meta.url);
    const files = readdirSync(folder, { recursive: true }).filter((name) => name.includes('.') || name.endsWith('Caddyfile'));
    for (const file of files) assert.ok(proxiesPage().includes(`\`docker/proxies/${file}\``), file);
    assert.ok(files.length >= 4);
  });
});
