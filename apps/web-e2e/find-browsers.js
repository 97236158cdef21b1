const { existsSync } = require('node:fs');

const CHROMIUM = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const FIREFOX = ['/usr/bin/firefox-esr', '/usr/bin/firefox', '/Applications/Firefox.app/Contents/MacOS/firefox'];
const WEBKIT = { driver: '/usr/bin/WebKitWebDriver', screen: '/usr/bin/Xvfb' };

/** Where a Chromium is: `ECHO_CHROMIUM`, which then alone counts, or a usual place; null when there is none. */
function findChromium(environment = process.env) {
  return find(environment.ECHO_CHROMIUM ? [environment.ECHO_CHROMIUM] : CHROMIUM);
}

/** The same for Firefox and `ECHO_FIREFOX`. */
function findFirefox(environment = process.env) {
  return find(environment.ECHO_FIREFOX ? [environment.ECHO_FIREFOX] : FIREFOX);
}

/** WebKit's driver and the screen that it needs; null unless both are there. */
function findWebKit() {
  return existsSync(WEBKIT.driver) && existsSync(WEBKIT.screen) ? WEBKIT : null;
}

function find(places) {
  return places.find((place) => existsSync(place)) ?? null;
}

module.exports = { findChromium, findFirefox, findWebKit };
