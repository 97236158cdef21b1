// Run with: node --test tools/troubleshooting-page.test.mjs
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const page = readFileSync(join(root, 'docs/troubleshooting.md'), 'utf8');
const SOURCES = ['apps/{api,web}/src/**/*.{ts,html}', 'libs/contract/src/**/*.ts', 'libs/{api,web}/*/src/**/*.{ts,html}'];

/** What the page says that people see: in italics with a capital, or in quotation marks and bold. `…` and `→` stand for what is between. */
function quotesOf(text) {
  const quotes = [...text.matchAll(/(?<![\w`])_([A-Z][^_`]*)_(?!\w)|\*\*"([^"]+)"\*\*/g)].map(([, shown, said]) => shown ?? said);
  return quotes.flatMap((quote) => quote.split(/…|→/)).map((part) => part.trim());
}

describe('docs/troubleshooting.md', () => {
  it('quotes nothing that neither the page nor the server says', () => {
    const files = globSync(SOURCES, { cwd: root }).filter((path) => !/[.-]spec\.ts$/.test(path));
    const said = files.map((path) => readFileSync(join(root, path), 'utf8').replaceAll(/\s+/g, ' ')).join('\n');
    const quotes = quotesOf(page);
    assert.ok(quotes.length > 20, `${quotes.length} quotes`);
    assert.deepEqual(
      quotes.filter((quote) => !said.includes(quote)),
      [],
    );
  });
});
