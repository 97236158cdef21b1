module.exports = { ...require('../../../jest.preset.js'), displayName: 'api-security', rootDir: __dirname };
