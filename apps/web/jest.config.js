module.exports = require('../../jest.preset.js').angular('web', __dirname);
