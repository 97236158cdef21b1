import { decodeEntities, hasRareName, loadRareNames } from './entities';

describe('decodeEntities', () => {
  it.each([
    ['a &amp; b &lt;c&gt;', 'a & b <c>'],
    ['&#38; &#x26; &#X26;', '& & &'],
    ['&nbsp;&copy;', '\u00a0©'],
    ['&amp;lt;', '&lt;'],
  ])('reads %j as %j', (text, decoded) => {
    expect(decodeEntities(text)).toBe(decoded);
  });

  it.each(['AT&T', '&unknown;', '&constructor;', '&amp', '&#;', '&#99999999;'])('leaves %j as it is', (text) => {
    expect(decodeEntities(text)).toBe(text);
  });

  it.each(['&#0;', '&#xD800;', '&#x110000;'])('replaces %s, which is no character', (text) => {
    expect(decodeEntities(text)).toBe('\ufffd');
  });

  it('knows which text may have a rare name in it, and reads it once these are loaded', async () => {
    expect(['a & b', '&amp; &#38;', 'AT&T', '&Dcaron', '&constructor;', 'x &Dcaron; y'].map(hasRareName)).toEqual([
      false,
      false,
      false,
      false,
      true,
      true,
    ]);
    expect(decodeEntities('&Dcaron;')).toBe('&Dcaron;');
    await loadRareNames();
    expect(decodeEntities('&Dcaron; &ngE; &amp;Dcaron; &unknown; &constructor; &ampx;')).toBe(
      'Ď ≧̸ &Dcaron; &unknown; &constructor; &ampx;',
    );
  });
});
