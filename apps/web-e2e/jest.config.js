const findChromium = require('./find-chromium');

const chromium = findChromium();
if (chromium === null) {
  process.stderr.write(
    'The browser walks are skipped, since there is no Chromium: `apt-get install chromium`, or set ECHO_CHROMIUM to the path of one.\n',
  );
}

module.exports = {
  ...require('../../jest.preset.js'),
  displayName: 'web-e2e',
  rootDir: __dirname,
  testMatch: ['<rootDir>/src/**/*.e2e-spec.ts'],
  setupFilesAfterEnv: ['<rootDir>/src/support/witness.ts'],
  testTimeout: 30_000,
  // Walks mostly wait: two at a time end in two thirds of the time, also on two cores. Each file has an application, a database and a browser of its own.
  maxWorkers: 2,
  // The specs skip themselves where it is null.
  globals: { CHROMIUM: chromium },
  ...(chromium !== null && {
    globalSetup: '<rootDir>/../../libs/testing/src/api-description/global-setup.ts',
    globalTeardown: '<rootDir>/../../libs/testing/src/postgres/global-teardown.ts',
  }),
};
