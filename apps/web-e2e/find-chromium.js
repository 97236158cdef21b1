const { existsSync } = require('node:fs');

const USUAL = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Where a Chromium is: `ECHO_CHROMIUM`, which then alone counts, or a usual place; null when there is none. */
module.exports = function findChromium(environment = process.env) {
  const places = environment.ECHO_CHROMIUM ? [environment.ECHO_CHROMIUM] : USUAL;
  return places.find((place) => existsSync(place)) ?? null;
};
