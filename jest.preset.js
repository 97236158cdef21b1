const path = require('node:path');

/** Decorators and their metadata by SWC, CommonJS out. Nest 12 is ESM only: Jest loads it by require(esm), which needs
 *  `node --experimental-vm-modules` (the `test` target of nx.json passes it). */
const swc = [
  '@swc/jest',
  {
    swcrc: false,
    jsc: {
      target: 'es2023',
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true },
      keepClassNames: true,
    },
    module: { type: 'commonjs' },
    sourceMaps: 'inline',
  },
];

const shared = {
  moduleFileExtensions: ['ts', 'mts', 'js', 'mjs', 'cjs', 'json', 'node'],
  testMatch: ['<rootDir>/src/**/*.spec.ts', '<rootDir>/src/**/*.int-spec.ts'],
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['@echo/source', 'node', 'node-addons', 'require', 'default'] },
  transform: { '^.+\\.[cm]?ts$': swc },
  cacheDirectory: path.join(__dirname, 'node_modules/.cache/jest'),
  clearMocks: true,
  // For hooks too: a machine whose disk stands still for seconds fails no test of ours.
  testTimeout: 20_000,
};

/** The configuration of an Angular project: its own compiler transform, jsdom, no zone. */
function angular(displayName, rootDir) {
  const { createCjsPreset } = require('jest-preset-angular/presets');
  return {
    ...shared,
    ...createCjsPreset({ tsconfig: '<rootDir>/tsconfig.spec.json' }),
    displayName,
    rootDir,
    transformIgnorePatterns: ['/node_modules/'],
    testEnvironment: 'jest-preset-angular/environments/jest-jsdom-env',
    testEnvironmentOptions: { customExportConditions: ['@echo/source', 'require', 'node', 'default'] },
    setupFilesAfterEnv: ['<rootDir>/src/test-setup.ts'],
  };
}

module.exports = shared;
// Not enumerable: a project spreads `shared` into its own configuration, and Jest knows no option of this name.
Object.defineProperty(module.exports, 'angular', { value: angular });
