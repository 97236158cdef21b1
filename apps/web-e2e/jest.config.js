const { findChromium, findFirefox, findWebKit } = require('./find-browsers');

const browsers = { CHROMIUM: findChromium(), FIREFOX: findFirefox(), WEBKIT: findWebKit() };
const MISSING = {
  CHROMIUM:
    'The browser walks are skipped, since there is no Chromium: `apt-get install chromium`, or set ECHO_CHROMIUM to the path of one.',
  FIREFOX:
    'The main path is not walked in Firefox, since there is none: `apt-get install firefox-esr`, or set ECHO_FIREFOX to the path of one.',
  WEBKIT: 'The main path is not walked in WebKit, since there is none: `apt-get install webkit2gtk-driver xvfb`.',
};
for (const [name, words] of Object.entries(MISSING)) {
  if (browsers[name] === null) process.stderr.write(`${words}\n`);
}
const hasAny = Object.values(browsers).some((place) => place !== null);

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
  globals: browsers,
  ...(hasAny && {
    globalSetup: '<rootDir>/../../libs/testing/src/api-description/global-setup.ts',
    globalTeardown: '<rootDir>/../../libs/testing/src/postgres/global-teardown.ts',
  }),
};
