module.exports = { ...require('../../../jest.preset.js'), displayName: 'api-providers', rootDir: __dirname };
