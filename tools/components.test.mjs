import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';

const ROOT = dirname(import.meta.dirname);
/** Lines of a component, and of its template. */
const MOST = 150;
/** Lines of its styles: they say how, not what, and are as long as what they style is rich. */
const MOST_OF_STYLES = 300;

const components = globSync(['apps/web/src/**/*.ts', 'libs/web/*/src/**/*.ts'], { cwd: ROOT })
  .filter((file) => !/(spec|\/testing\/.*)\.ts$/.test(file))
  .map((file) => ({ file, source: readFileSync(join(ROOT, file), 'utf8') }))
  .filter(({ source }) => /^@Component\(/m.test(source));

const linesOf = (text) => text.trimEnd().split('\n').length;

/** The files that a component names, where they must be: beside it. */
const beside = ({ file, source }, key) =>
  [...source.matchAll(new RegExp(`\\b${key}: (?:'[^']+'|\\[[^\\]]+\\])`, 'g'))]
    .flatMap(([value]) => [...value.matchAll(/'([^']+)'/g)])
    .map(([, name]) => ({ name, path: join(ROOT, dirname(file), name) }));

test('every component of the page has less than 150 lines, and so has its template', () => {
  assert.ok(components.length > 50);
  const parts = components.flatMap((component) => [
    { name: component.file, text: component.source },
    ...beside(component, 'templateUrl').map(({ name, path }) => ({ name, text: readFileSync(path, 'utf8') })),
  ]);
  assert.deepEqual(
    parts.filter(({ text }) => linesOf(text) >= MOST).map(({ name, text }) => `${name}: ${linesOf(text)}`),
    [],
  );
});

test('its styles are a file of their own beside it, of less than 300 lines', () => {
  for (const component of components) {
    assert.doesNotMatch(component.source, /^\s*styles: |[({] styles: /m, `${component.file} has styles inside`);
    for (const { name, path } of beside(component, 'styleUrls?')) {
      assert.match(name, /^\.\/[^/]+\.css$/, component.file);
      assert.ok(existsSync(path), `${component.file} names ${name}`);
      assert.ok(linesOf(readFileSync(path, 'utf8')) < MOST_OF_STYLES, `${name} of ${component.file} is too long`);
    }
  }
});

/** The styles of the components, without those of the whole page, where the tokens are. */
const styles = globSync(['apps/web/src/**/*.css', 'libs/web/*/src/**/*.css'], { cwd: ROOT })
  .filter((file) => file !== 'apps/web/src/styles.css')
  .map((file) => ({ file, source: readFileSync(join(ROOT, file), 'utf8') }));

test('type and space come from the tokens, or follow the size of the text', () => {
  const raw = styles.flatMap(({ file, source }) =>
    [...source.matchAll(/(?:^|[\s{;])(?:font-size|line-height|margin|padding|gap)[\w-]*:[^;]*\b[\d.]+(?:rem|px)\b/g)].map(
      ([declaration]) => `${file}: ${declaration.trim()}`,
    ),
  );
  assert.deepEqual(raw, []);
});

test('colours come from the tokens, but for those of a code that cameras read', () => {
  assert.ok(styles.length > 50);
  for (const { file, source } of styles.filter(({ file }) => !file.endsWith('/qr-code.css'))) {
    // What a token falls back to, where the view stands in somebody else's page, is no colour of ours.
    const own = source.replaceAll(/var\(--[\w-]+, [^()]+\)/g, 'var()');
    assert.doesNotMatch(own, /#[\da-f]{3,8}\b|\b(rgb|hsl|hwb|lab|lch|oklab|oklch)a?\(/i, file);
  }
});
