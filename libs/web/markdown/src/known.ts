import { type Token, type Tokens, type TokensList } from 'marked';
import { type NoteToken } from './own-syntax';

/** What the text before a place says about what follows. */
export interface Known {
  /** Link definitions by normalised label, as marked keeps them. The first definition of a label holds. */
  readonly links: TokensList['links'];
  /** Labels of the footnotes that are written out. */
  readonly notes: readonly string[];
  /** Labels of footnotes in the order of their first mark: the first has number 1. */
  readonly marked: readonly string[];
}

export const NOTHING_KNOWN: Known = { links: Object.create(null) as TokensList['links'], notes: [], marked: [] };

/** With what `token`, which is settled, defines. */
export function withDefinition(known: Known, token: Token): Known {
  if (token.type === 'note') return { ...known, notes: [...known.notes, (token as NoteToken).label] };
  if (token.type !== 'def') return known;
  const { tag, href, title } = token as Tokens.Def;
  const links = Object.assign(Object.create(null) as Known['links'], { [tag]: { href, title } }, known.links);
  return { ...known, links };
}
