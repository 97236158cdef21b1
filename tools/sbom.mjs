// What `npm run sbom` runs: a bill of materials (CycloneDX) of everything that runs in the image beside Node itself, from the lock file.
//   node tools/sbom.mjs [file]      artifacts/sbom.cdx.json where no file is named
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const MODULES = 'node_modules/';

/** The packages that `npm ci --omit=dev --omit=optional` installs: path, entry. */
export function runtimePackages(lock) {
  return Object.entries(lock.packages).filter(
    ([path, entry]) => path.startsWith(MODULES) && !entry.link && !entry.dev && !entry.optional && !entry.devOptional,
  );
}

/** The bill of materials. Always the same for the same lock file: it holds no time and no random number. */
export function billOfMaterials(lock) {
  const components = new Map();
  for (const [path, entry] of runtimePackages(lock)) {
    const component = componentOf(path.slice(path.lastIndexOf(MODULES) + MODULES.length), entry);
    components.set(component.purl, component);
  }
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    metadata: { component: { type: 'application', 'bom-ref': 'echov2', name: 'echov2', version: lock.version } },
    components: [...components.values()],
  };
}

function componentOf(name, { version, integrity, license }) {
  const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`;
  const [algorithm, digest] = integrity?.split(' ')[0].split(/-(.*)/s) ?? [];
  return {
    type: 'library',
    'bom-ref': purl,
    name,
    version,
    purl,
    ...(algorithm === 'sha512' ? { hashes: [{ alg: 'SHA-512', content: Buffer.from(digest, 'base64').toString('hex') }] } : {}),
    ...(license ? { licenses: [/ (OR|AND) /.test(license) ? { expression: license } : { license: { id: license } }] } : {}),
  };
}

const root = dirname(dirname(fileURLToPath(import.meta.url)));
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = resolve(process.argv[2] ?? join(root, 'artifacts/sbom.cdx.json'));
  const bill = billOfMaterials(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(bill, null, 2)}\n`);
  console.log(`${bill.components.length} packages in ${file}`);
}
