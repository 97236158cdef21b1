// Draws the PNG icons of the page from apps/web/public/favicon.svg, with a Chromium: `node tools/make-icons.mjs`. To be run again when that file changes.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { findChromium } = createRequire(import.meta.url)(join(root, 'apps/web-e2e/find-browsers.js'));
const folder = join(root, 'apps/web/public');
const sign = readFileSync(join(folder, 'favicon.svg'), 'utf8');
/** Without round corners, and small enough that no mask cuts into it. */
const maskable = sign
  .replace('viewBox="0 0 32 32"', 'viewBox="-4 -4 40 40"')
  .replace(/<rect [^>]*\/>/, '<rect x="-4" y="-4" width="40" height="40" fill="#0c6866" />');
const ICONS = { 'icon-192.png': [sign, 192], 'icon-512.png': [sign, 512], 'icon-maskable-512.png': [maskable, 512] };

const browser = await chromium.launch({ executablePath: findChromium() ?? undefined });
for (const [name, [svg, size]] of Object.entries(ICONS)) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`);
  await page.screenshot({ path: join(folder, name), omitBackground: true });
}
await browser.close();
