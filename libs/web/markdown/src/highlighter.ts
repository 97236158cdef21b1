import { type Emitter } from 'highlight.js';
import core from 'highlight.js/lib/core';
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

/** More than this is shown plain: highlighting must not hold up the page. */
const MAX_CODE = 30_000;

const LANGUAGES = {
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
};

/** Where the elements of the next code belong. */
let page: Document;
const classes = new Map<string, string>();

/** What highlight.js writes its findings to: it makes texts and elements of them. */
class Elements implements Emitter {
  readonly root = page.createDocumentFragment();
  private inner: Node = this.root;
  private text = '';

  addText(text: string): void {
    this.text += text;
  }

  openNode(scope: string): void {
    this.begin(classOf(scope));
  }

  closeNode(): void {
    this.put();
    this.inner = this.inner.parentNode ?? this.root;
  }

  /** Scopes are nodes by another name. */
  startScope(scope: string): void {
    this.openNode(scope);
  }

  endScope(): void {
    this.closeNode();
  }

  /** Code in this one of another language, which may have no name: then it is plain text. */
  __addSublanguage(other: Emitter, name: string | undefined): void {
    if (!(other instanceof Elements)) return;
    other.put();
    if (name !== undefined) this.begin(name);
    else this.put();
    this.inner.appendChild(other.root);
    if (name !== undefined) this.closeNode();
  }

  finalize(): void {
    this.put();
  }

  /** Nobody reads markup here. */
  toHTML(): string {
    return '';
  }

  private begin(className: string): void {
    this.put();
    const span = page.createElement('span');
    span.className = className;
    this.inner = this.inner.appendChild(span);
  }

  private put(): void {
    if (this.text !== '') this.inner.appendChild(page.createTextNode(this.text));
    this.text = '';
  }
}

const highlighter = core.newInstance();
highlighter.configure({ __emitter: Elements });
for (const [name, language] of Object.entries(LANGUAGES)) highlighter.registerLanguage(name, language);

/** The code as texts and elements that name what they are; null for a language that is not among ours, and for code too long. */
export function highlight(language: string, code: string, document: Document): DocumentFragment | null {
  if (code.length > MAX_CODE || !highlighter.getLanguage(language)) return null;
  page = document;
  try {
    const { _emitter: written, errorRaised } = highlighter.highlight(code, { language, ignoreIllegals: true });
    return !errorRaised && written instanceof Elements ? written.root : null;
  } catch {
    // highlight.js throws where a grammar fails on hostile code. The code is shown plain then.
    return null;
  }
}

/** `title.function` is `hljs-title function_`, as in the themes of highlight.js. */
function classOf(scope: string): string {
  let name = classes.get(scope);
  if (name === undefined) {
    name = scope
      .split('.')
      .map((part, index) => (index === 0 ? `hljs-${part}` : part + '_'.repeat(index)))
      .join(' ');
    classes.set(scope, name);
  }
  return name;
}
