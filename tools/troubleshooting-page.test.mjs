// Run with: node --test tools/troubleshooting-page.test.mjs
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const page = readFileSync(join(root, 'docs/troubleshooting.md'), 'utf8');
const SOURCES = ['apps/api/src', 'apps/web/src', 'libs/contract/src', ...['libs/api', 'libs/web'].flatMap(projectsIn)];

/** What the page says that people see: in italics with a capital, or in quotation marks and bold. `…` and `→` stand for what is between. */
function quotesOf(text) {
  const quotes = [...text.matchAll(/(?<![\w`])_([A-Z][^_`]*)_(?!\w)|\*\*"([^"]+)"\*\*/g)].map(([, shown, said]) => shown ?? said);
  return quotes.flatMap((quote) => quote.split(/…|→/)).map((part) => part.trim());
}

describe('docs/troubleshooting.md', () => {
  it('quotes nothing that neither the page nor the server says', () => {
    const said = SOURCES.flatMap(filesIn)
      .map((path) => readFileSync(path, 'utf8').replaceAll(/\s+/g, ' '))
      .join('\n');
    const quotes = quotesOf(page);
    assert.ok(quotes.length > 20, `${quotes.length} quotes`);
    assert.deepEqual(
      quotes.filter((quote) => !said.includes(quote)),
      [],
    );
  });
});

function projectsIn(folder) {
  return readdirSync(join(root, folder)).map((name) => `${folder}/${name}/src`);
}

function filesIn(folder) {
  const names = readdirSync(join(root, folder), { recursive: true });
  return names.filter((name) => /\.(ts|html)$/.test(name) && !/[.-]spec\.ts$/.test(name)).map((name) => join(root, folder, name));
}
