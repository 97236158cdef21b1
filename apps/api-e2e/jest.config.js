module.exports = {
  ...require('../../jest.preset.js'),
  displayName: 'api-e2e',
  rootDir: __dirname,
  testMatch: ['<rootDir>/src/**/*.e2e-spec.ts'],
  setupFilesAfterEnv: ['<rootDir>/src/support/witness.ts'],
  testTimeout: 20_000,
  globalSetup: '<rootDir>/../../libs/testing/src/api-description/global-setup.ts',
  globalTeardown: '<rootDir>/../../libs/testing/src/postgres/global-teardown.ts',
};
