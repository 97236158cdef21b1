import { type Lexer, type MarkedOptions, type Tokens } from 'marked';
import { formulaAt, openFormulaAt } from './formula-syntax';
import { noteDefinition, noteMark } from './note-syntax';

/** What marked does not know: formulas and footnotes. */
export interface FormulaToken extends Tokens.Generic {
  readonly type: 'formula';
  readonly tex: string;
  readonly display: boolean;
  /** Its end has not arrived yet. */
  readonly open: boolean;
}

export interface NoteToken extends Tokens.Generic {
  readonly type: 'note';
  readonly label: string;
  /** Set when all marks are known. */
  number: number;
}

export interface NoteMarkToken extends Tokens.Generic {
  readonly type: 'note-mark';
  readonly number: number;
}

/** What our syntax asks of the lexer that reads it. */
export interface OwnLexer extends Lexer {
  /** At the outermost level: footnotes stand only there. */
  readonly isOutermost: boolean;
  /** The text may go on after its end. */
  readonly arriving: boolean;
  define(label: string): void;
  /** null: no footnote has this label, and the mark is text. */
  numberOf(label: string): number | null;
}

const BLOCK_START = /\n(?= {0,3}(?:\$\$|\\\[|\[\^[^\]\s]{1,100}\]:))/;

/** Our syntax as marked takes it. */
export function ownSyntax(lexer: () => OwnLexer): NonNullable<MarkedOptions['extensions']> {
  return {
    renderers: {},
    childTokens: {},
    block: [(source) => formulaBlock(source, lexer()), (source) => note(source, lexer())],
    inline: [
      (source, tokens) => formula(source, tokens.at(-1)?.raw.at(-1) ?? ''),
      (source) => {
        const mark = noteMark(source);
        const number = mark && lexer().numberOf(mark.label);
        return number ? ({ type: 'note-mark', raw: mark.raw, number } satisfies NoteMarkToken) : undefined;
      },
    ],
    startBlock: [startOfBlock],
    startInline: [(source) => source.indexOf('$')],
  };
}

function formulaBlock(source: string, lexer: OwnLexer): FormulaToken | undefined {
  const indent = /^ {0,3}(?=\$\$|\\\[)/.exec(source)?.[0];
  if (indent === undefined) return undefined;
  const found = formulaAt(source, indent.length, '');
  if (found) {
    const rest = /^[ \t]*(?:\n|$)/.exec(source.slice(indent.length + found.raw.length))?.[0];
    return rest === undefined ? undefined : { type: 'formula', ...found, open: false, raw: indent + found.raw + rest };
  }
  const tex = lexer.arriving && lexer.isOutermost ? openFormulaAt(source, indent.length, '') : null;
  return tex === null ? undefined : { type: 'formula', raw: source, tex, display: true, open: true };
}

function formula(source: string, before: string): FormulaToken | undefined {
  if (source[0] !== '$' && source[0] !== '\\') return undefined;
  const found = formulaAt(source, 0, before);
  return found ? { type: 'formula', ...found, open: false } : undefined;
}

function note(source: string, lexer: OwnLexer): NoteToken | undefined {
  const definition = lexer.isOutermost ? noteDefinition(source) : null;
  if (!definition) return undefined;
  const { raw, label, content } = definition;
  lexer.define(label);
  lexer.state.top = true;
  return { type: 'note', raw, label, number: 0, tokens: lexer.blockTokens(content, []) };
}

/** Where our next block interrupts the paragraph that `source` starts with. */
function startOfBlock(source: string): number | undefined {
  const end = source.indexOf('\n\n');
  const found = BLOCK_START.exec(end < 0 ? source : source.slice(0, end));
  return found ? found.index + 1 : undefined;
}
