module.exports = {
  ...require('../../../jest.preset.js'),
  displayName: 'api-accounts',
  rootDir: __dirname,
  globalSetup: '<rootDir>/../../testing/src/postgres/global-setup.ts',
  globalTeardown: '<rootDir>/../../testing/src/postgres/global-teardown.ts',
};
