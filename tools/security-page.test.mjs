// Run with: node --test tools/security-page.test.mjs
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

const root = new URL('../', import.meta.url);
const page = readFileSync(new URL('SECURITY.md', root), 'utf8');

describe('SECURITY.md', () => {
  it('names tests that exist, for every family that has something to hold', () => {
    const rows = page.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| family') && !line.startsWith('| --'));
    assert.ok(rows.length > 12);
    for (const row of rows) {
      const cells = row.split('|').map((cell) => cell.trim());
      const paths = [...cells[4].matchAll(/`([^`]+)`/g)].map(([, path]) => path);
      assert.ok(paths.length > 0 || cells[3] === 'there are none', cells[1]);
      for (const path of paths) assert.ok(existsSync(new URL(path, root)), path);
    }
  });
});
