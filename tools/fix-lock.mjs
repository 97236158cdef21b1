// npm 11.14 and later write no entry for an optional dependency whose manifest they cannot load (a registry without the binaries
// of other platforms), and then `npm ci` refuses that very lock ("Missing: x@ from lock file", npm/cli#9846).
// This adds such entries as placeholders for their own platform. Run it after every `npm install` that changes the lock.
import { readFileSync, writeFileSync } from 'node:fs';

const file = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(file, 'utf8'));
const OS = /(?:^|[-/])(darwin|win32|linux|android|freebsd|openharmony|sunos|aix|netbsd|openbsd|wasm32)(?=-|$)/;
const CPU = /-(arm64|x64|ia32|arm|ppc64|riscv64|s390x|loong64|wasm32)(?=-|$)/;

/** Whether `name`, required from `from`, resolves to an entry of the lock. */
function isLocked(from, name) {
  for (let folder = from; ;) {
    if (lock.packages[`${folder ? `${folder}/` : ''}node_modules/${name}`]) return true;
    if (!folder) return false;
    const cut = folder.lastIndexOf('node_modules/');
    folder = cut <= 0 ? '' : folder.slice(0, cut - 1);
  }
}

let added = 0;
for (const [from, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    if (isLocked(from, name)) continue;
    const os = OS.exec(name)?.[1];
    const cpu = CPU.exec(name)?.[1];
    lock.packages[`node_modules/${name}`] = {
      version: version.replace(/^[\^~]/, ''),
      ...(cpu ? { cpu: [cpu] } : {}),
      ...(entry.dev ? { dev: true } : {}),
      optional: true,
      os: [os && os !== 'wasm32' ? os : 'none'],
    };
    added++;
  }
}
if (added) {
  const { '': root, ...rest } = lock.packages;
  lock.packages = { '': root, ...Object.fromEntries(Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1))) };
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
}
console.log(`${added} placeholders added to package-lock.json`);
