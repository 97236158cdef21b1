import { type CodeBlock } from './nodes';
import { CHUNK, languageOf } from './to-nodes';

/** A code fence that has not closed yet. Its lines are taken over as they come and never read again. */
export interface OpenFence {
  readonly kind: 'fence';
  /** '`' or '~' */
  readonly sign: string;
  /** Length of the opening marker: a closing one is at least as long. */
  readonly length: number;
  /** Spaces before the marker: as many are taken off each line. */
  readonly indent: number;
  readonly language: string;
  /** Chunks that change no more, each ending with a line. */
  readonly full: readonly string[];
  /** Whole lines after them, each with its newline. */
  readonly rest: string;
}

const OPENING = /^( {0,3})(`{3,}|~{3,})[^\n]*\n/;

/**
 * The fence that `source` starts with, and the offset of its first line of code; null when its opening line is not complete.
 * @param label what marked read after the opening marker
 */
export function openFence(source: string, label: string): { fence: OpenFence; codeAt: number } | null {
  const opening = OPENING.exec(source);
  if (!opening) return null;
  const [whole, indent = '', marker = ''] = opening;
  // marked takes indentation off in fences of backticks only.
  const indentTaken = marker.startsWith('`') ? indent.length : 0;
  const fence = { sign: marker.slice(0, 1), length: marker.length, indent: indentTaken, language: languageOf(label) };
  return { fence: { kind: 'fence', ...fence, full: [], rest: '' }, codeAt: whole.length };
}

/** Takes over the whole lines of `source` from `at`: with none, it stays the same fence. `closed`: the fence ended, and `at` is after its closing line. */
export function growFence(fence: OpenFence, source: string, at: number): { fence: OpenFence; at: number; closed: boolean } {
  if (!source.includes('\n', at)) return { fence, at, closed: false };
  const full = [...fence.full];
  let rest = fence.rest;
  for (;;) {
    const end = source.indexOf('\n', at);
    const line = source.slice(at, end < 0 ? at : end);
    const closed = end >= 0 && closes(fence, line);
    if (end < 0 || closed) return { fence: { ...fence, full, rest }, at: closed ? end + 1 : at, closed };
    rest += dedent(fence, line) + '\n';
    at = end + 1;
    if (rest.length > CHUNK) {
      full.push(rest);
      rest = '';
    }
  }
}

/** The block as far as it has arrived. @param partial the last line, without a newline yet */
export function fenceBlock(fence: OpenFence, partial: string): CodeBlock {
  const rest = fence.rest + (mayClose(fence, partial) ? '' : dedent(fence, partial));
  const chunks = rest || fence.full.length === 0 ? [...fence.full, rest] : [...fence.full];
  // The newline before the closing line is no part of the code.
  chunks.push((chunks.pop() ?? '').replace(/\n$/, ''));
  return { kind: 'code-block', language: fence.language, chunks, caret: false };
}

/** What is added to the code on show when its last line grows from `before` to `after`; null when that is not all that changes. */
export function fenceGrowth(before: string, after: string): string | null {
  // Only then the line is shown, without its indentation, and can no more become a closing one.
  return /[^\s`~]/.test(before) ? after.slice(before.length) : null;
}

function closes(fence: OpenFence, line: string): boolean {
  const marker = /^ {0,3}(`{3,}|~{3,}) *$/.exec(line)?.[1] ?? '';
  return marker.startsWith(fence.sign) && marker.length >= fence.length;
}

function mayClose(fence: OpenFence, partial: string): boolean {
  return /^ {0,3}(`+|~+) *$/.exec(partial)?.[1]?.startsWith(fence.sign) ?? false;
}

function dedent(fence: OpenFence, line: string): string {
  const white = /^\s*/.exec(line)?.[0].length ?? 0;
  return fence.indent === 0 ? line : line.slice(Math.min(white, fence.indent));
}
