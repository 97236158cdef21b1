module.exports = require('../../../jest.preset.js').angular('web-administration', __dirname);
