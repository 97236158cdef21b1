import nx from '@nx/eslint-plugin';
import angular from 'angular-eslint';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

/** The import law: who may import whom. `docs/architecture.md` shows it as a table. */
const law = [
  { sourceTag: 'type:contract', onlyDependOnLibsWithTags: [] },
  {
    allSourceTags: ['scope:api', 'type:app'],
    onlyDependOnLibsWithTags: [
      'type:contract',
      'project:api-security',
      'project:api-persistence',
      'project:api-providers',
      'project:api-chat',
      'project:api-administration',
      'project:api-accounts',
    ],
  },
  {
    allSourceTags: ['scope:api', 'type:feature'],
    onlyDependOnLibsWithTags: ['type:contract', 'project:api-security', 'project:api-persistence', 'project:api-providers'],
  },
  { allSourceTags: ['scope:api', 'type:data-access'], onlyDependOnLibsWithTags: ['type:contract'] },
  { allSourceTags: ['scope:api', 'type:util'], onlyDependOnLibsWithTags: ['type:contract'] },
  {
    allSourceTags: ['scope:web', 'type:app'],
    onlyDependOnLibsWithTags: [
      'type:contract',
      'project:web-chat',
      'project:web-accounts',
      'project:web-administration',
      'project:web-chat-client',
      'project:web-markdown',
      'project:web-forms',
    ],
  },
  {
    allSourceTags: ['scope:web', 'type:feature'],
    onlyDependOnLibsWithTags: ['type:contract', 'project:web-chat-client', 'project:web-markdown', 'project:web-forms'],
  },
  { allSourceTags: ['scope:web', 'type:data-access'], onlyDependOnLibsWithTags: ['type:contract'] },
  { sourceTag: 'project:web-markdown', onlyDependOnLibsWithTags: ['type:contract'] },
  { sourceTag: 'project:web-forms', onlyDependOnLibsWithTags: ['type:contract', 'project:web-chat-client'] },
  { sourceTag: 'type:testing', onlyDependOnLibsWithTags: ['type:contract', 'project:api-persistence'] },
  { sourceTag: 'type:e2e', onlyDependOnLibsWithTags: ['type:contract', 'type:testing'] },
];
/** Specs may import what their project may, and `testing`. */
const specLaw = law.map((rule) => ({ ...rule, onlyDependOnLibsWithTags: [...rule.onlyDependOnLibsWithTags, 'type:testing'] }));
const boundaries = (depConstraints) => [
  'error',
  { enforceBuildableLibDependency: false, banTransitiveDependencies: false, allow: [], depConstraints },
];
const NO_HTML = 'No HTML strings: build nodes.';
/** What no source may say. */
const FORBIDDEN = [
  {
    selector: "MemberExpression[object.name='process'][property.name='env']",
    message: 'The environment is read once, in apps/api/src/config.',
  },
  {
    selector:
      'MemberExpression[property.name=/^(innerHTML|outerHTML|srcdoc|insertAdjacentHTML|setHTMLUnsafe|parseHTMLUnsafe|createContextualFragment)$/]',
    message: NO_HTML,
  },
  { selector: "Identifier[name='DOMParser']", message: NO_HTML },
  // Bindings of a host, and templates in constants, which the templates' own rule does not see.
  { selector: 'Literal[value=/^\\[(attr\\.)?(innerHTML|outerHTML|srcdoc)\\]$/i]', message: NO_HTML },
  { selector: 'TemplateElement[value.raw=/(bind-|\\[|\\s)(attr\\.)?(innerHTML|outerHTML|srcdoc)\\]?=/i]', message: NO_HTML },
  { selector: 'CallExpression[callee.property.name=/^bypassSecurityTrust/]', message: NO_HTML },
];
const NO_HTTP = 'The page knows nothing of HTTP: chat-client answers with values, and with problems that have codes.';

export default tseslint.config(
  { ignores: ['**/dist', '**/out-tsc', '**/coverage', '**/artifacts', '**/.angular', '**/.nx', '**/.data'] },
  ...nx.configs['flat/base'],
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@nx/enforce-module-boundaries': boundaries(law),
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/no-extraneous-class': 'off',
      'no-empty': 'error',
      'no-console': 'error',
      'no-restricted-syntax': ['error', ...FORBIDDEN],
      'max-lines': ['error', { max: 400 }],
    },
  },
  {
    files: ['libs/web/chat/src/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...['fetch', 'XMLHttpRequest', 'EventSource', 'WebSocket', 'Response'].map((name) => ({ name, message: NO_HTTP })),
      ],
      'no-restricted-imports': [
        'error',
        {
          paths: [{ name: '@echo/web-chat-client', importNames: ['ApiClient', 'ChatStream', 'HTTP_FETCH'], message: NO_HTTP }],
          patterns: [{ group: ['@angular/common/http'], message: NO_HTTP }],
        },
      ],
      'no-restricted-syntax': [
        'error',
        ...FORBIDDEN,
        { selector: ":matches(BinaryExpression, SwitchStatement) > MemberExpression[property.name='status']", message: NO_HTTP },
        { selector: 'MemberExpression[property.name=/^(fetch|sendBeacon|XMLHttpRequest|EventSource|WebSocket)$/]', message: NO_HTTP },
      ],
    },
  },
  {
    files: ['**/*.spec.ts', '**/*.int-spec.ts', '**/*.e2e-spec.ts', '**/conformance/**/*.ts', 'apps/*-e2e/**/*.ts', 'libs/testing/**/*.ts'],
    rules: {
      '@nx/enforce-module-boundaries': boundaries(specLaw),
      // Answers of a socket and JSON bodies are read as they come in tests.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/unbound-method': 'off',
      'max-lines': 'off',
    },
  },
  {
    files: ['apps/api/src/config/**/*.ts', 'apps/*-e2e/**/*.ts', 'libs/testing/**/*.ts', '**/*.int-spec.ts', '**/*.spec.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: ['apps/web/**/*.ts', 'libs/web/**/*.ts'],
    extends: [...angular.configs.tsRecommended],
    processor: angular.processInlineTemplates,
    rules: { '@angular-eslint/component-selector': ['error', { type: 'element', prefix: 'echo', style: 'kebab-case' }] },
  },
  {
    files: ['apps/web/**/*.html', 'libs/web/**/*.html'],
    extends: [...angular.configs.templateRecommended, ...angular.configs.templateAccessibility],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: ':matches(BoundAttribute, TextAttribute)[name=/^(innerHTML|outerHTML|srcdoc)$/i]', message: NO_HTML },
      ],
    },
  },
  prettier,
);
