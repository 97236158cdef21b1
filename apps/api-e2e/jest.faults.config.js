module.exports = {
  ...require('./jest.config.js'),
  displayName: 'faults',
  testMatch: ['<rootDir>/src/faults/*.fault-spec.ts'],
  testTimeout: 60_000,
  maxConcurrency: 3,
};
