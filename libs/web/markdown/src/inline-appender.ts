import { linkShape } from './inline-shape';
import { type Pen } from './pen';
import { safeLink } from './safe-link';
import { element, type ElementShape } from './shape';

/** What `write` answers when the text could mean several things. */
export const DOUBT = -1;
/** What `write` answers when more has to come first. */
export const WAIT = -2;

/** Text up to a sign that may mean something, without the white space around it. */
const WORDS = /[^`*~_[\]<&$\\@|#\s](?:[^`*~_[\]<&$\\@|#\t-\r\u2028\u2029]*[^`*~_[\]<&$\\@|#\s])?/y;
const CODE = /[^`\s](?:[^`\t-\r\u2028\u2029]*[^`\s])?/y;
const SPACES = /[ \u00a0\u202f\u3000]+/y;
const LABEL = /[\p{L}\p{N},;:.!?'"()/+-](?:[\p{L}\p{N} ,;:.!?'"()/+-]*[\p{L}\p{N},;:.!?'"()/+-])?/uy;
/** An address without any markup. */
const BARE_ADDRESS = /www\.|:\/\//i;
/** The last character of what may become one. */
const START_OF_ADDRESS = /[w:/]/i;
const ADDRESS = /[\w./:?#=%~+,@;-]*/y;
const MAX_LABEL = 100;
/** Past these sizes marked's lexer is told not to search for markup. */
const MAX_TEXT = 20_000;
const MAX_MARKERS = 200;
const MAX_DEPTH = 8;

const SPACE = /^\s?$/;
const SIGN = /[\p{P}\p{S}\ud800-\udfff]/u;
const WORD = /\w/;

const EMPHASIS: Readonly<Record<string, ElementShape>> = { '*': element('em'), '**': element('strong'), '~~': element('del') };
const CODE_SPAN = element('code', { dir: 'ltr' });

/** Appends the text of one paragraph, heading, item or cell as it comes. It knows the usual markup; whatever else could be meant by the text, it says so. */
export class InlineAppender {
  /** Markers of the emphasis that is open. */
  private readonly open: string[] = [];
  /** White space that nothing follows yet. */
  private held = '';
  /** The last character; empty at the start. */
  private before = '';
  /** The last words, while an address may begin in them. */
  private start = '';
  /** Length of the backticks that opened the code; 0: none is open. */
  private code = 0;
  /** The words of a link that may come. */
  private label: string | null = null;
  /** After the words of a link: what has come of its address. */
  private address: string | null = null;
  private length = 0;
  private markers = 0;

  constructor(private readonly pen: Pen) {}

  /** Starts with a new leaf. */
  begin(leaf: Element): void {
    this.pen.enter(leaf);
    this.open.length = 0;
    this.held = this.before = this.start = '';
    this.code = this.length = this.markers = 0;
    this.label = this.address = null;
  }

  /** Whether nothing is open: the text may end here. */
  get isClosed(): boolean {
    return this.open.length === 0 && this.code === 0 && this.label === null && isBlank(this.held);
  }

  /** Another line of the same text. */
  breakLine(): boolean {
    // Two spaces before it would make it a break.
    if (this.held.length > 1 || this.code > 0 || this.label !== null) return false;
    this.put('\n');
    this.before = '\n';
    return true;
  }

  /**
   * Takes `text` from `at` to `end`, a part of one line.
   * @param isWhole nothing more comes in this line or cell
   * @returns how far it came; DOUBT, or WAIT when it came nowhere
   */
  write(text: string, at: number, end: number, isWhole: boolean): number {
    const start = at;
    for (let next = at; at < end; at = next) {
      if (this.address !== null) next = this.takeAddress(text, at, end);
      else if (this.label !== null) next = this.takeLabel(text, at, end);
      else if (this.code > 0) next = this.takeCode(text, at, end, isWhole);
      else next = this.takeText(text, at, end, isWhole);
      if (next === DOUBT) return DOUBT;
      if (next === at) break;
      this.before = text.charAt(next - 1);
    }
    if (this.length > MAX_TEXT || this.markers > MAX_MARKERS) return DOUBT;
    if (at === end) return end;
    return isWhole ? DOUBT : at === start ? WAIT : at;
  }

  private takeText(text: string, at: number, end: number, isWhole: boolean): number {
    const words = match(WORDS, text, at, end);
    if (words > at) return this.putWords(text.slice(at, words)) ? words : DOUBT;
    const sign = text.charAt(at);
    switch (sign) {
      case '`':
        return this.openCode(text, at, end, isWhole);
      case '*':
      case '~':
        return this.takeMarker(text, at, end, isWhole);
      case '_':
        return this.takeUnderscore(text, at, end, isWhole);
      case '[':
        return this.openLabel(text, at, end, isWhole);
      case '<':
      case '&':
        // Only before white space and numbers it is nothing but itself.
        if (at + 1 === end && !isWhole) return at;
        return at + 1 === end || /[ \d]/.test(text.charAt(at + 1)) ? this.putSign(sign, at) : DOUBT;
      case '|':
        return this.putSign(sign, at);
      case '#':
        // At the end of a heading it would not be shown.
        return SPACE.test(this.before) ? DOUBT : this.putSign(sign, at);
      default:
        return this.hold(text, at, end);
    }
  }

  private takeMarker(text: string, at: number, end: number, isWhole: boolean): number {
    const after = runEnd(text, at, end);
    if (after === end && !isWhole) return at;
    const marker = text.slice(at, after);
    const follows = after === end ? '' : text.charAt(after);
    const [spaceBefore, spaceAfter] = [SPACE.test(this.before), SPACE.test(follows)];
    if (++this.markers && spaceBefore && spaceAfter && marker[0] === '*') {
      this.put(marker);
      return after;
    }
    const shape = EMPHASIS[marker];
    const [signBefore, signAfter] = [SIGN.test(this.before), SIGN.test(follows)];
    // Beside `~` emphasis follows rules of its own.
    if (!shape || /[~\ud800-\udfff]/.test(this.before + follows)) return DOUBT;
    const isOpen = this.open.includes(marker);
    const isBetweenWords = !spaceAfter && !signAfter;
    // Between words it might open as well: with other emphasis around it, that is not clear.
    if (isOpen && this.open.at(-1) === marker && !spaceBefore && !(isBetweenWords && (signBefore || this.open.length > 1))) {
      this.pen.end();
      this.open.pop();
    } else if (!isOpen && !spaceAfter && (spaceBefore || (signBefore && !signAfter && !/[)\]]/.test(this.before)))) {
      this.put('');
      this.pen.begin(shape);
      this.open.push(marker);
    } else return DOUBT;
    return this.open.length > MAX_DEPTH ? DOUBT : after;
  }

  /** In the middle of a name it is just a sign. */
  private takeUnderscore(text: string, at: number, end: number, isWhole: boolean): number {
    if (at + 1 === end && !isWhole) return at;
    return WORD.test(this.before) && at + 1 < end && WORD.test(text.charAt(at + 1)) ? this.putSign('_', at) : DOUBT;
  }

  private openCode(text: string, at: number, end: number, isWhole: boolean): number {
    const after = runEnd(text, at, end);
    if (after === end) return isWhole ? DOUBT : at;
    if (/\s/.test(text.charAt(after))) return DOUBT;
    this.put('');
    this.pen.begin(CODE_SPAN);
    this.code = after - at;
    return after;
  }

  private takeCode(text: string, at: number, end: number, isWhole: boolean): number {
    const words = match(CODE, text, at, end);
    if (words > at) {
      this.put(text.slice(at, words));
      return words;
    }
    if (text.charAt(at) !== '`') return this.hold(text, at, end);
    const after = runEnd(text, at, end);
    if (after === end && !isWhole) return at;
    if (after - at !== this.code) this.put(text.slice(at, after));
    else {
      this.put('');
      this.pen.end();
      this.code = 0;
    }
    return after;
  }

  private openLabel(text: string, at: number, end: number, isWhole: boolean): number {
    if (at + 1 === end) return isWhole ? DOUBT : at;
    if (!/[\p{L}\p{N}]/u.test(text.charAt(at + 1)) || /[!\\]/.test(this.before)) return DOUBT;
    this.put('');
    this.pen.breakText();
    this.label = '';
    return at + 1;
  }

  private takeLabel(text: string, at: number, end: number): number {
    const words = match(LABEL, text, at, end);
    if (words > at) {
      this.label += this.held + text.slice(at, words);
      return (this.label ?? '').length <= MAX_LABEL && this.putWords(text.slice(at, words)) ? words : DOUBT;
    }
    if (text.charAt(at) !== ']') return this.hold(text, at, end);
    if (this.held !== '') return DOUBT;
    if (at + 1 === end) return at;
    if (text.charAt(at + 1) !== '(') return DOUBT;
    this.address = '';
    return at + 2;
  }

  private takeAddress(text: string, at: number, end: number): number {
    const until = match(ADDRESS, text, at, end);
    this.address += text.slice(at, until);
    if (until === end) return until;
    const safe = text.charAt(until) === ')' ? safeLink(this.address ?? '') : null;
    if (!safe) return DOUBT;
    this.pen.wrap(linkShape(safe.href, safe.target, this.label ?? ''));
    this.label = this.address = null;
    return until + 1;
  }

  /** White space is written when something follows it. */
  private hold(text: string, at: number, end: number): number {
    const after = match(SPACES, text, at, end);
    this.held += text.slice(at, after);
    // At the start only usual spaces are taken off.
    return after === at || (this.length === 0 && !isBlank(this.held)) ? DOUBT : after;
  }

  private putWords(words: string): boolean {
    this.put(words);
    this.start = START_OF_ADDRESS.test(this.before) ? this.start + words : words;
    return !BARE_ADDRESS.test(this.start);
  }

  private putSign(sign: string, at: number): number {
    this.put(sign);
    return at + 1;
  }

  /** Writes the white space before `text`, unless it is at the start, and `text`. */
  private put(text: string): void {
    if (this.held !== '' && this.length > 0) this.pen.write(this.held);
    this.length += text.length + this.held.length;
    this.held = '';
    this.pen.write(text);
  }
}

function isBlank(text: string): boolean {
  return text === ' '.repeat(text.length);
}

function match(pattern: RegExp, text: string, at: number, end: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? Math.min(pattern.lastIndex, end) : at;
}

function runEnd(text: string, at: number, end: number): number {
  let after = at;
  while (after < end && text[after] === text[at]) after++;
  return after;
}
