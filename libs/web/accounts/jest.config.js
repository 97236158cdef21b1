module.exports = require('../../../jest.preset.js').angular('web-accounts', __dirname);
