const { default: JsdomEnvironment } = require('jest-preset-angular/environments/jest-jsdom-env');

/** jsdom with the fetch and the streams of Node: for specs that talk to a real server. */
module.exports = class FetchEnvironment extends JsdomEnvironment {
  async setup() {
    await super.setup();
    Object.assign(this.global, { fetch, AbortController, AbortSignal, TextDecoder, TextEncoder });
  }
};
