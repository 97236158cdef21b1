import { safeLink } from './safe-link';

describe('safeLink', () => {
  it.each([
    ['https://example.com/a?b=c#d', 'https://example.com/a?b=c#d', 'example.com'],
    ['HTTP://Example.COM:8080', 'http://example.com:8080/', 'example.com:8080'],
    ['mailto:ann@example.com?subject=x', 'mailto:ann@example.com?subject=x', 'ann@example.com'],
    ['mailto:%zz', 'mailto:%zz', '%zz'],
    ['https://bank.example@evil.example/', 'https://bank.example@evil.example/', 'evil.example'],
    ['https://раypal.example/', 'https://xn--ypal-43d9g.example/', 'xn--ypal-43d9g.example'],
    [' https://example.com', 'https://example.com/', 'example.com'],
  ])('lets %s through and tells where it leads', (href, normal, target) => {
    expect(safeLink(href)).toEqual({ href: normal, target });
  });

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'java\nscript:alert(1)',
    '\u0001javascript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'file:///etc/passwd',
    'blob:https://example.com/1',
    'ftp://example.com',
    '//example.com',
    '/relative',
    '#part',
    'https://',
    '',
  ])('refuses %j', (href) => {
    expect(safeLink(href)).toBeNull();
  });
});
