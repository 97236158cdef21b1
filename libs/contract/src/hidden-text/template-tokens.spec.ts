import fc from 'fast-check';
import { breakTemplateTokens, mendTemplateTokens, TEMPLATE_TOKENS, templateTokensIn } from './template-tokens';

const ALL = Object.values(TEMPLATE_TOKENS).flat();

describe('template tokens', () => {
  it.each(ALL)('are found and broken: %j', (token) => {
    const text = `Say ${token} twice: ${token}`;
    expect(templateTokensIn(text).map((found) => found.token)).toEqual([token, token]);
    const broken = breakTemplateTokens(text);
    expect(broken).not.toContain(token);
    expect(templateTokensIn(broken)).toEqual([]);
    expect(mendTemplateTokens(broken)).toBe(text);
  });

  it('are nothing but their exact spellings', () => {
    for (const text of ['<|im start|>', 'a < b | c > d', '[inst]', '<S>', '# Instruction:', 'Human: hi', '<|>', 'x <| f |> g'])
      expect(breakTemplateTokens(text)).toBe(text);
  });

  it('can be mended whatever the text was, also where it held broken ones', () => {
    const piece = fc.oneof(fc.constantFrom(...ALL, ...ALL.map(breakTemplateTokens), '\u2060', '<', '\n', '|>'), fc.string());
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('');
        expect(mendTemplateTokens(breakTemplateTokens(text))).toBe(text);
      }),
    );
  });

  it('are broken in every place, also where breaking one could make another', () => {
    const piece = fc.constantFrom(...ALL, '<', '<|', '|>', '\n', '\u2060', '[', 'Human:', 's>');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 10 }), (pieces) => {
        expect(templateTokensIn(breakTemplateTokens(pieces.join('')))).toEqual([]);
      }),
    );
  });

  it.each([
    ['beginnings of tokens', '<'.repeat(200_000)],
    ['one beginning and its breaks', `<${'\u2060'.repeat(199_999)}`],
    ['empty lines', '\n'.repeat(200_000)],
  ])('are looked for in the time that reading takes: %s', (_what, text) => {
    const start = performance.now();
    expect(templateTokensIn(text)).toEqual([]);
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});
