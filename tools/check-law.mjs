// Proves that the law bites. For every pair of projects ESLint must allow exactly what the table of docs/architecture.md allows: without a
// project graph that rule skips itself in silence, and this check fails. And what no source may say must be refused where it is said.
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

const CHAT = 'libs/web/chat/src/index.ts';
const CLIENT = 'libs/web/chat-client/src/index.ts';
const TEMPLATE = 'libs/web/chat/src/page/dock.html';
/** What is said, where, and whether it is refused. */
const SAID = [
  ["import { ApiClient } from '@echo/web-chat-client';\nexport const y = ApiClient;", CHAT, true],
  ["import { ApiProblem } from '@echo/web-chat-client';\nexport const y = ApiProblem;", CHAT, false],
  ["import { HttpClient } from '@angular/common/http';\nexport const y = HttpClient;", CHAT, true],
  ["export const y = fetch('/api');", CHAT, true],
  ["export const y = window.fetch('/api');", CHAT, true],
  ["export const y = fetch('/api');", CLIENT, false],
  ['export const y = (error) => error.status === 404;', CHAT, true],
  ["export const y = (error) => error.code === 'not_found';", CHAT, false],
  ['export const y = (error) => error.status === 404;', CLIENT, false],
  ...['y.innerHTML', 'y.outerHTML', "y.insertAdjacentHTML('beforeend', z)", 'y.setHTMLUnsafe(z)', 'new DOMParser()', 'y.srcdoc'].flatMap(
    (html) => [
      [`export const x = (y, z) => [z, ${html}];`, CHAT, true],
      [`export const x = (y, z) => [z, ${html}];`, CLIENT, true],
      [`export const x = (y, z) => [z, ${html}];`, 'libs/web/markdown/src/index.spec.ts', false],
    ],
  ),
  ['<p [innerHTML]="text()"></p>', TEMPLATE, true],
  ['<p [outerHTML]="text()"></p>', TEMPLATE, true],
  ['<iframe title="a" [srcdoc]="text()"></iframe>', TEMPLATE, true],
  ['<iframe title="a" [attr.srcdoc]="text()"></iframe>', TEMPLATE, true],
  ['<iframe title="a" srcdoc="a"></iframe>', TEMPLATE, true],
  ['@if (text()) {<p innerHTML="{{ text() }}"></p>}', 'apps/web/src/app/app.html', true],
  ["export const y = { host: { '[innerHTML]': 'text()' } };", CHAT, true],
  ['export const y = `@boundary {<p [innerHTML]="text()"></p>}`;', CHAT, true],
  ['export const y = `@boundary {<p innerHTML="{{ text() }}"></p>}`;', CHAT, true],
  ['export const y = `@boundary {<p bind-innerHTML="text()"></p>}`;', CHAT, true],
  [
    `import { Component } from '@angular/core';\n@Component({ selector: 'echo-a', template: '<p [innerHTML]="y"></p>' })\nexport class A {}`,
    CHAT,
    true,
  ],
  ['<p [title]="text()">{{ text() }}</p>', TEMPLATE, false],
];

const root = dirname(dirname(fileURLToPath(import.meta.url)));
// Writes the project graph that the rule reads.
execFileSync(join(root, 'node_modules/.bin/nx'), ['show', 'projects'], { cwd: root, env: { ...process.env, NX_DAEMON: 'false' } });

const eslint = new ESLint({
  cwd: root,
  overrideConfig: { languageOptions: { parserOptions: { projectService: false, project: null } } },
  ruleFilter: ({ ruleId }) => ruleId === RULE || ruleId.startsWith('no-restricted-'),
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
for (const [code, file, isForbidden] of SAID) {
  const [result] = await eslint.lintText(`${code}\n`, { filePath: join(root, file) });
  const strange = result.messages.find(({ ruleId }) => !ruleId?.startsWith('no-restricted-'));
  if (strange) faults.push(`${file}, ${code}: ${strange.message}`);
  else if (result.messages.length > 0 !== isForbidden) faults.push(`${file} may ${isForbidden ? '' : 'not '}say: ${code}`);
}
if (faults.length > 0) {
  console.error(`The law is not what it says:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
  process.exit(1);
}
console.log(`The import law holds for ${checked} pairs, and what no source may say is refused.`);

/** The project that a file belongs to, as others import it. */
function ownName(file) {
  const [kind, ...rest] = file.split('/src/')[0].split('/');
  return kind === 'libs' ? rest.join('-') : undefined;
}
