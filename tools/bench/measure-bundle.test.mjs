import assert from 'node:assert/strict';
import { test } from 'node:test';
import { measureBundle } from './measure-bundle.mjs';

const MOST = 120_000;

test('what a browser loads before the page works is at most 120 kB, gzipped', () => {
  const { gzip, files } = measureBundle();
  assert.ok(files.some(({ path }) => path.endsWith('.js')));
  assert.ok(gzip <= MOST, `${gzip} bytes: ${files.map(({ path, gzip: size }) => `${path} ${size}`).join(', ')}`);
});
