// Run with: node --test tools/other-application.test.mjs, after a build.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const CLIENT = join(root, 'libs/web/chat-client');
const EXAMPLES = join(CLIENT, 'src/example');
/** What of the examples the README shows. */
const SHOWN = ['small-chat.ts', 'settings.ts'];
const COMPILER = {
  compilerOptions: {
    strict: true,
    target: 'es2022',
    module: 'esnext',
    moduleResolution: 'bundler',
    lib: ['es2022', 'dom', 'dom.iterable', 'esnext.asynciterable'],
    rootDir: 'src',
    outDir: 'out',
    preserveSymlinks: true,
    types: [],
  },
  angularCompilerOptions: { strictTemplates: true },
  include: ['src'],
};

const asElsewhere = (code) => code.replaceAll("'../index'", "'@echo/web-chat-client'");
const dense = (code) => code.replaceAll(/\s+/g, '');

describe('@echo/web-chat-client in an application of somebody else', () => {
  it('is used as its README shows it', () => {
    const examples = SHOWN.map((name) =>
      dense(asElsewhere(readFileSync(join(EXAMPLES, name), 'utf8')).replaceAll(/\/\*\*.*README.*\*\//g, '')),
    );
    const blocks = [...readFileSync(join(CLIENT, 'README.md'), 'utf8').matchAll(/```ts\n(.*?)```/gs)].map(([, code]) => code);
    assert.equal(blocks.length, 3);
    for (const block of blocks)
      assert.ok(
        examples.some((example) => example.includes(dense(block))),
        block,
      );
  });

  it('compiles from what is packed, with strict types and templates', () => {
    const folder = mkdtempSync(join(tmpdir(), 'echo-elsewhere-'));
    try {
      for (const [name, from] of [
        ['contract', join(root, 'libs/contract')],
        ['web-chat-client', CLIENT],
      ])
        unpack(from, join(folder, 'node_modules/@echo', name));
      for (const name of ['@angular', 'rxjs', 'eventsource-parser', 'tslib'])
        symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name));
      mkdirSync(join(folder, 'src'));
      for (const name of SHOWN) writeFileSync(join(folder, 'src', name), asElsewhere(readFileSync(join(EXAMPLES, name), 'utf8')));
      writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(COMPILER));
      execFileSync(process.execPath, [join(root, 'node_modules/@angular/compiler-cli/bundles/src/bin/ngc.js'), '-p', 'tsconfig.json'], {
        cwd: folder,
      });
      assert.deepEqual(readdirSync(join(folder, 'out')).sort(), ['settings.js', 'small-chat.js']);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

/** As `npm pack` and `npm install` would: `package.json`, and what it names. */
function unpack(from, to) {
  const { files } = JSON.parse(readFileSync(join(from, 'package.json'), 'utf8'));
  for (const name of ['package.json', ...files]) cpSync(join(from, name), join(to, name), { recursive: true });
}
