/** Browsers and programs, the more particular before those whose name they carry too. */
const PROGRAMS: readonly (readonly [RegExp, string])[] = [
  [/\bEdgA?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\b(HeadlessChrome|Chrome|CriOS|Chromium)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
  [/^curl\//, 'curl'],
];
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b|\bMacintosh\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
];

/** The browser and system that a `User-Agent` names, in words for whoever looks for a session they do not know. */
export function clientWords(userAgent: string | undefined): string {
  const known = (userAgent ?? '').slice(0, 500);
  const find = (list: readonly (readonly [RegExp, string])[]) => list.find(([pattern]) => pattern.test(known))?.[1];
  const [program, system] = [find(PROGRAMS), find(SYSTEMS)];
  if (program === undefined) return system === undefined ? 'A program that does not say its name' : `A program on ${system}`;
  return system === undefined ? program : `${program} on ${system}`;
}
