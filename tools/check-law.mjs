// Proves that the import law bites: for every pair of projects ESLint must allow exactly what the table of docs/architecture.md allows.
// Without a project graph the rule skips itself in silence, and this check fails.
import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';

const RULE = '@nx/enforce-module-boundaries';
const LEAVES = ['contract'];
const API_FEATURE = ['contract', 'api-security', 'api-persistence', 'api-providers'];
const WEB_FEATURE = ['contract', 'web-chat-client', 'web-markdown', 'web-forms'];
const E2E = ['contract', 'testing'];

/** File → the projects that it may import. */
const LAW = {
  'apps/api/src/main.ts': [...API_FEATURE, 'api-chat', 'api-administration', 'api-accounts'],
  'libs/api/chat/src/index.ts': API_FEATURE,
  'libs/api/administration/src/index.ts': API_FEATURE,
  'libs/api/accounts/src/index.ts': API_FEATURE,
  'libs/api/providers/src/index.ts': LEAVES,
  'libs/api/persistence/src/index.ts': LEAVES,
  'libs/api/security/src/index.ts': LEAVES,
  'apps/web/src/main.ts': [...WEB_FEATURE, 'web-chat', 'web-accounts', 'web-administration'],
  'libs/web/chat/src/index.ts': WEB_FEATURE,
  'libs/web/accounts/src/index.ts': WEB_FEATURE,
  'libs/web/administration/src/index.ts': WEB_FEATURE,
  'libs/web/chat-client/src/index.ts': LEAVES,
  'libs/web/markdown/src/index.ts': LEAVES,
  'libs/web/forms/src/index.ts': ['contract', 'web-chat-client'],
  'libs/contract/src/index.ts': [],
  // The law would allow api-persistence too; its own specs import testing, so that would be a circle.
  'libs/testing/src/index.ts': ['contract'],
  'libs/api/chat/src/title.spec.ts': [...API_FEATURE, 'testing'],
  'apps/api-e2e/src/wire.e2e-spec.ts': E2E,
  'apps/web-e2e/src/support/page.ts': E2E,
};
const PROJECTS = [
  ...API_FEATURE,
  'api-chat',
  'api-administration',
  'api-accounts',
  ...WEB_FEATURE.slice(1),
  'web-chat',
  'web-accounts',
  'web-administration',
  'testing',
];

const root = dirname(dirname(fileURLToPath(import.meta.url)));
// Writes the project graph that the rule reads.
execFileSync(join(root, 'node_modules/.bin/nx'), ['show', 'projects'], { cwd: root, env: { ...process.env, NX_DAEMON: 'false' } });

const eslint = new ESLint({
  cwd: root,
  overrideConfig: { languageOptions: { parserOptions: { projectService: false, project: null } } },
  ruleFilter: ({ ruleId }) => ruleId === RULE,
});
const faults = [];
let checked = 0;
for (const [file, allowed] of Object.entries(LAW)) {
  for (const project of PROJECTS.filter((name) => name !== ownName(file))) {
    const [result] = await eslint.lintText(`import * as x from '@echo/${project}';\nexport const y = x;\n`, { filePath: join(root, file) });
    const refused = result.messages.some(({ ruleId }) => ruleId === RULE);
    if (refused === allowed.includes(project)) faults.push(`${file} → @echo/${project} is ${refused ? 'refused' : 'allowed'}`);
    checked++;
  }
}
if (faults.length > 0) {
  console.error(`The import law is not what it says:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
  process.exit(1);
}
console.log(`The import law holds for ${checked} pairs.`);

/** The project that a file belongs to, as others import it. */
function ownName(file) {
  const [kind, ...rest] = file.split('/src/')[0].split('/');
  return kind === 'libs' ? rest.join('-') : undefined;
}
