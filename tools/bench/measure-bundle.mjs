import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ROOT } from './settings.mjs';

const WEB = join(ROOT, 'apps/web/dist/browser');

/** What a browser must load before the page works: the page, and the scripts and styles that it names. Bytes, raw and as gzip -9. */
export function measureBundle() {
  const page = readFileSync(join(WEB, 'index.html'), 'utf8');
  const tags = page.match(/<(?:script|link)\b[^>]*>/g) ?? [];
  const paths = tags
    .filter((tag) => /^<script|rel="(?:stylesheet|modulepreload)"/.test(tag))
    .map((tag) => /(?:src|href)="([^"]+)"/.exec(tag)?.[1]);
  const files = ['index.html', ...new Set(paths.filter((path) => path !== undefined))].map(measureFile);
  const sum = (name) => files.reduce((total, file) => total + file[name], 0);
  return { raw: sum('raw'), gzip: sum('gzip'), files };
}

function measureFile(path) {
  const content = readFileSync(join(WEB, path));
  return { path, raw: content.length, gzip: gzipSync(content, { level: 9 }).length };
}
