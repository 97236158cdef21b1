module.exports = require('../../../jest.preset.js').angular('web-chat', __dirname);
