import { type Browser, chromium } from 'playwright-core';
import { type OutsideWorld } from './outside-world';

declare global {
  /** Set by `jest.config.js`. */
  var CHROMIUM: string | null;
}

/** `describe`, skipped where there is no Chromium. */
export const describeInBrowser: jest.Describe = globalThis.CHROMIUM === null ? describe.skip : describe;

/** Starts the browser. It reaches everything through `outside` alone. */
export function startChromium(outside: OutsideWorld): Promise<Browser> {
  if (globalThis.CHROMIUM === null) throw new Error('There is no Chromium.');
  return chromium.launch({
    executablePath: globalThis.CHROMIUM,
    args: [
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-quic',
      '--no-first-run',
      `--proxy-server=${outside.url}`,
      // Else it would go to this machine by itself.
      '--proxy-bypass-list=<-loopback>',
    ],
  });
}
