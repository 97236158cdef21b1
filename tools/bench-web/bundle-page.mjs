import { transformAsync } from '@babel/core';
import { createEs2015LinkerPlugin } from '@angular/compiler-cli/linker/babel';
import { build } from 'esbuild';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Libraries are compiled by half: this does the other half, as Angular's own builder does. */
const LINKER = {
  name: 'angular-linker',
  setup({ onLoad }) {
    onLoad({ filter: /\.m?js$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      if (!source.includes('ɵɵngDeclare')) return undefined;
      const fileSystem = { resolve: join, exists: () => false, dirname: (each) => each, relative: (_from, to) => to, readFile: () => '' };
      const logger = { level: 1, debug() {}, info() {}, warn: console.warn, error: console.error };
      const plugin = createEs2015LinkerPlugin({ fileSystem, logger, linkerJitMode: false, sourceMapping: false });
      const linked = await transformAsync(source, { filename: path, plugins: [plugin], configFile: false, babelrc: false, compact: false });
      return { contents: linked.code, loader: 'js' };
    });
  },
};

/** Makes the page of all renderers, for production, in `folder`. */
export async function bundlePage(folder) {
  await build({
    entryPoints: [join(import.meta.dirname, 'renderers-page.mjs')],
    outdir: folder,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    minify: true,
    define: { ngDevMode: 'false', ngJitMode: 'false', ngI18nClosureMode: 'false', ngServerMode: 'false' },
    plugins: [LINKER],
    logLevel: 'error',
  });
  await writeFile(
    join(folder, 'index.html'),
    '<!doctype html><meta charset="utf-8"><script type="module" src="/renderers-page.js"></script>',
  );
}
