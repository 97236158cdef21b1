import { highlight } from './highlighter';

const SAMPLES: readonly (readonly [string, string])[] = [
  ['ts', 'function greet(name: string) {\n  return `Hello ${name}`; // "you"\n}\n'],
  ['html', '<style>a { color: red }</style><script>const a = 1;</script><template>x</template>'],
  ['php', '<p><?php echo "x"; ?></p>'],
  ['python', 'class A:\n    """What it is."""\n    x = f"{1 + 1}"\n'],
  ['diff', '- gone\n+ here\n'],
  ['bash', 'echo "$HOME" # where\n'],
];

function drawn(language: string, code: string): HTMLElement {
  const fragment = highlight(language, code, document);
  if (!fragment) throw new Error(`${language} is not highlighted.`);
  const element = document.createElement('code');
  element.append(fragment);
  return element;
}

describe('highlight', () => {
  it.each(SAMPLES)('keeps every character of %s', (language, code) => {
    const element = drawn(language, code);
    expect(element.textContent).toBe(code);
    expect(element.querySelectorAll('span').length).toBeGreaterThan(1);
    expect(element.querySelectorAll(':not(span)').length).toBe(0);
  });

  it('names what stands there as the themes of highlight.js do', () => {
    const element = drawn('ts', 'function greet() {}');
    expect(element.querySelector('.hljs-keyword')?.textContent).toBe('function');
    expect(element.querySelector('.hljs-title.function_')?.textContent).toBe('greet');
  });

  it('knows other languages in a page, and leaves plain in it what is of none', () => {
    const element = drawn('html', '<style>a { color: red }</style><script>const a = 1;</script><script type="x">plain</script>');
    expect(element.querySelector('.css .hljs-attribute')?.textContent).toBe('color');
    expect(element.querySelector('.javascript .hljs-keyword')?.textContent).toBe('const');
    expect(element.querySelector('[class=undefined]')).toBeNull();
    expect(drawn('html', '<script>\n…\n</script>').textContent).toBe('<script>\n…\n</script>');
  });

  it('says when a language is none of ours, or the code too long', () => {
    expect(highlight('klingon', 'a', document)).toBeNull();
    expect(highlight('ts', 'a '.repeat(15_001), document)).toBeNull();
  });
});
