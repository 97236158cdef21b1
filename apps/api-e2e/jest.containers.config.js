const { setupFilesAfterEnv, globalSetup, globalTeardown, ...shared } = require('./jest.config.js');

// What runs here is in images: the API's description is held against its answers elsewhere, and the databases are the stacks' own.
module.exports = {
  ...shared,
  displayName: 'containers',
  testMatch: ['<rootDir>/src/containers/*.container-spec.ts'],
  testTimeout: 60_000,
};
