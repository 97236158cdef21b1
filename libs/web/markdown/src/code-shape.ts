import { type CodeBlock } from './nodes';
import { CARET, element, type ElementShape, NO_ATTRIBUTES, text } from './shape';

/** A block of code with its language, and buttons to wrap its lines and to copy it: `CodeBlocks` answers them. */
export function codeShape({ language, chunks, caret }: CodeBlock): ElementShape {
  const code = chunks.map(text);
  const name = language ? `Code, ${language}` : 'Code';
  return element('div', { class: 'code' }, [
    element('div', { class: 'bar' }, [
      element('span', { class: 'language' }, [text(language)]),
      {
        ...element('button', { type: 'button', class: 'wrap', 'aria-label': 'Wrap lines', 'aria-pressed': 'false' }, [text('Wrap')]),
        isFree: true,
      },
      { ...element('button', { type: 'button', class: 'copy', 'aria-label': 'Copy code' }, [text('Copy')]), isFree: true },
    ]),
    element('pre', { dir: 'ltr', role: 'group', tabindex: '0', 'aria-label': name }, [
      element('code', NO_ATTRIBUTES, caret ? [...code, CARET] : code),
    ]),
  ]);
}
