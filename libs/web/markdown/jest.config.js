module.exports = require('../../../jest.preset.js').angular('web-markdown', __dirname);
