import bash from 'highlight.js/lib/languages/bash';
import c from 'highlight.js/lib/languages/c';
import cpp from 'highlight.js/lib/languages/cpp';
import csharp from 'highlight.js/lib/languages/csharp';
import css from 'highlight.js/lib/languages/css';
import diff from 'highlight.js/lib/languages/diff';
import dockerfile from 'highlight.js/lib/languages/dockerfile';
import go from 'highlight.js/lib/languages/go';
import ini from 'highlight.js/lib/languages/ini';
import java from 'highlight.js/lib/languages/java';
import javascript from 'highlight.js/lib/languages/javascript';
import json from 'highlight.js/lib/languages/json';
import kotlin from 'highlight.js/lib/languages/kotlin';
import php from 'highlight.js/lib/languages/php';
import python from 'highlight.js/lib/languages/python';
import ruby from 'highlight.js/lib/languages/ruby';
import rust from 'highlight.js/lib/languages/rust';
import shell from 'highlight.js/lib/languages/shell';
import sql from 'highlight.js/lib/languages/sql';
import swift from 'highlight.js/lib/languages/swift';
import typescript from 'highlight.js/lib/languages/typescript';
import xml from 'highlight.js/lib/languages/xml';
import yaml from 'highlight.js/lib/languages/yaml';
import { createLowlight } from 'lowlight';
import { type Inline } from './nodes';

/** More than this is shown plain: highlighting must not hold up the page. */
const MAX_CODE = 30_000;

const lowlight = createLowlight({
  bash,
  c,
  cpp,
  csharp,
  css,
  diff,
  dockerfile,
  go,
  ini,
  java,
  javascript,
  json,
  kotlin,
  php,
  python,
  ruby,
  rust,
  shell,
  sql,
  swift,
  typescript,
  xml,
  yaml,
});

type Root = ReturnType<typeof lowlight.highlight>;

/** The code as text and `syntax` nodes; null for a language that is not among ours, and for code too long. */
export function highlight(language: string, code: string): readonly Inline[] | null {
  if (code.length > MAX_CODE || !lowlight.registered(language)) return null;
  try {
    return toInlines(lowlight.highlight(language, code).children);
  } catch {
    // highlight.js throws where a grammar fails on hostile code. The code is shown plain then.
    return null;
  }
}

function toInlines(nodes: Root['children']): Inline[] {
  return nodes.flatMap((node): Inline[] => {
    if (node.type === 'text') return [{ kind: 'text', text: node.value }];
    if (node.type !== 'element') return [];
    const { className } = node.properties;
    return [{ kind: 'syntax', className: Array.isArray(className) ? className.join(' ') : '', children: toInlines(node.children) }];
  });
}
