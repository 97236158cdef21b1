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

/** The code as texts and elements that name what they are; null for a language that is not among ours, and for code too long. */
export function highlight(language: string, code: string, document: Document): DocumentFragment | null {
  if (code.length > MAX_CODE || !lowlight.registered(language)) return null;
  try {
    return append(document.createDocumentFragment(), lowlight.highlight(language, code).children, document);
  } catch {
    // highlight.js throws where a grammar fails on hostile code. The code is shown plain then.
    return null;
  }
}

function append<T extends Node>(parent: T, nodes: Root['children'], document: Document): T {
  for (const node of nodes) {
    if (node.type === 'text') parent.appendChild(document.createTextNode(node.value));
    if (node.type !== 'element') continue;
    const span = document.createElement('span');
    const { className } = node.properties;
    if (Array.isArray(className)) span.className = className.join(' ');
    parent.appendChild(append(span, node.children, document));
  }
  return parent;
}
