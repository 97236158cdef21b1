/**
 * Characters without a picture of their own that are neither tags nor bidi controls. Each has a use in some script or in emoji; there, and alone, it is at
 * home. A run of them is nowhere at home but in the sequences named here: runs are how text is smuggled.
 */

const JOINING =
  /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Nko}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Myanmar}\p{Script=Khmer}\p{Script=Tibetan}\p{Script=Balinese}\p{Script=Javanese}\p{Script=Brahmi}\p{Script=Grantha}\p{Script=Newa}\p{Script=Meetei_Mayek}\p{Script=Chakma}\p{M}]/u;
/** Scripts that put no spaces between words, so that lines may need a hint where to break. */
const SPACELESS =
  /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}\p{Script=Javanese}\p{Script=Balinese}\p{Script=Tai_Tham}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
const VARIED =
  /[\p{Script=Han}\p{Script=Myanmar}\p{Script=Phags_Pa}\p{Script=Manichaean}\p{Script=Mongolian}\p{S}0\u3001\u3002\uFF01\uFF0C\uFF0E\uFF1A\uFF1B\uFF1F]/u;
const EMOJI = /\p{Emoji}/u;
const PICTURE = /[\p{Extended_Pictographic}\p{Emoji_Modifier}]/u;
const LETTER = /\p{L}/u;
const MARK = /\p{M}/u;
const TERM = /[\p{L}\p{N}\p{M})\]}]/u;
const HAN = /\p{Script=Han}/u;
const HANGUL = /\p{Script=Hangul}/u;
const KHMER = /\p{Script=Khmer}/u;
const MONGOLIAN = /\p{Script=Mongolian}/u;
const DUPLOYAN = /\p{Script=Duployan}/u;
const MUSIC = /[\u{1D100}-\u{1D1FF}]/u;

const EMOJI_STYLE = '\uFE0F';
const JOINER = '\u200D';

/** Character of a run alone → whether it is at home between its neighbours. `before` and `after` are empty at the ends of the text. */
const HOMES: readonly (readonly [RegExp, (before: string, after: string) => boolean])[] = [
  [/[\uFE0E\uFE0F]/, (before) => EMOJI.test(before)],
  [/[\uFE00-\uFE0D]/, (before) => VARIED.test(before)],
  [/[\u{E0100}-\u{E01EF}]/u, (before) => HAN.test(before)],
  [/\u200D/, (before, after) => JOINING.test(before) || (PICTURE.test(before) && PICTURE.test(after))],
  [/\u200C/, (before) => JOINING.test(before)],
  [/\u200B/, (before, after) => SPACELESS.test(before) || SPACELESS.test(after)],
  [/\u00AD/, (before, after) => LETTER.test(before) && LETTER.test(after)],
  [/\u034F/, (before, after) => (LETTER.test(before) || MARK.test(before)) && MARK.test(after)],
  // Between letters it would part a word unseen.
  [/\u2060/, (before, after) => isVisible(before) && isVisible(after) && !(LETTER.test(before) && LETTER.test(after))],
  [/[\u2061-\u2064]/, (before, after) => TERM.test(before) && isVisible(after)],
  [/[\u180B-\u180F]/, (before) => MONGOLIAN.test(before)],
  [/[\u115F\u1160\u3164\uFFA0]/, (before, after) => HANGUL.test(before) || HANGUL.test(after)],
  [/[\u17B4\u17B5]/, (before) => KHMER.test(before)],
  [/[\u{1D173}-\u{1D17A}]/u, (before, after) => MUSIC.test(before) || MUSIC.test(after)],
  [/[\u{1BCA0}-\u{1BCA3}]/u, (before, after) => DUPLOYAN.test(before) || DUPLOYAN.test(after)],
  // What some editors begin a file with.
  [/\uFEFF/, (before) => before === ''],
];

/** Whether a run of invisible characters is where its script or its emoji needs it. */
export function isAtHome(run: readonly string[], before: string, after: string): boolean {
  const [first, second] = run;
  if (run.length === 2) return first === EMOJI_STYLE && second === JOINER && PICTURE.test(before) && PICTURE.test(after);
  if (run.length !== 1 || first === undefined) return false;
  return HOMES.some(([char, isHome]) => char.test(first) && isHome(before, after));
}

function isVisible(char: string): boolean {
  return /\S/.test(char);
}
