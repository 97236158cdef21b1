module.exports = require('../../../jest.preset.js').angular('web-forms', __dirname);
