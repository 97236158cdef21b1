import { StopTexts } from './stop-texts';

function pass(stops: readonly string[], pieces: readonly string[]) {
  const texts = new StopTexts(stops);
  const passed = pieces.map((piece) => texts.pass(piece)).join('');
  return [passed + texts.rest(), texts.isFound];
}

describe('stop texts', () => {
  it.each([
    [[], ['a', 'b'], 'ab', false],
    [[''], ['a'], 'a', false],
    [['END'], ['aENDb'], 'a', true],
    [['END'], ['aE', 'N', 'Db', 'c'], 'a', true],
    [['END'], ['aE', 'Nx'], 'aENx', false],
    [['END', 'ND'], ['a EN', 'D'], 'a ', true],
    [['aab'], ['aaa', 'ab'], 'aa', true],
    [['\n\n'], ['a\n', 'b\n', '\nc'], 'a\nb', true],
  ])('%j end %j at %j', (stops, pieces, text, found) => expect(pass(stops, pieces)).toEqual([text, found]));
});
