const ENTER = '\uE007';
const ESCAPE = '\uE00C';

/** Key presses as both protocols of WebDriver take them; Enter and Escape have numbers of their own there. */
export function keyActions(text: string): object[] {
  const keys = [...text].map((key) => (key === '\n' ? ENTER : key === '\x1b' ? ESCAPE : key));
  const actions = keys.flatMap((value) => [
    { type: 'keyDown', value },
    { type: 'keyUp', value },
  ]);
  return [{ type: 'key', id: 'keyboard', actions }];
}
