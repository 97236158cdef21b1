import { returnTo } from './return-to';

describe('returnTo', () => {
  it.each(['/', '/c/7', '/c/7?a=b#c', '/settings/keys'])('goes to %s of this application', (path) => {
    expect(returnTo(path)).toBe(path);
  });

  it.each([
    null,
    '',
    'c/7',
    'https://evil.test/',
    '//evil.test/',
    '/\\evil.test',
    '/\t/evil.test',
    '\\\\evil.test',
    'javascript:alert(1)',
    '///evil.test',
  ])('goes to the beginning instead of %j', (path) => {
    expect(returnTo(path)).toBe('/');
  });
});
