module.exports = { ...require('../../../jest.preset.js'), displayName: 'api-persistence', rootDir: __dirname };
