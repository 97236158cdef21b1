module.exports = require('../../../jest.preset.js').angular('web-chat-client', __dirname);
