import { goesStraight } from './no-proxy';

const LIST = 'corp.example, .lab.example:8443,*.only-below.example 10.0.0.0/8,192.0.2.7,[2001:db8::1]:443, fd00::/8,2001:db8::2';

describe('NO_PROXY', () => {
  it.each([
    'https://corp.example/v1',
    'https://ai.corp.example',
    'https://AI.Corp.Example./v1',
    'https://lab.example:8443',
    'https://gpu.lab.example:8443',
    'https://x.only-below.example',
    'http://10.20.30.40:8000',
    'http://192.0.2.7',
    'https://[2001:db8::1]',
    'https://[2001:db8::2]:9000',
    'http://[fd12::7]',
  ])('lets %s go straight', (url) => expect(goesStraight(new URL(url), LIST)).toBe(true));

  it.each([
    'https://notcorp.example',
    'https://corp.example.evil.example',
    'https://lab.example',
    'https://only-below.example',
    'http://11.0.0.1',
    'http://192.0.2.70',
    'https://[2001:db8::1]:444',
    'https://api.openai.com',
  ])('sends %s through the proxy', (url) => expect(goesStraight(new URL(url), LIST)).toBe(false));

  it.each(['http://localhost:11434', 'http://127.0.0.1', 'http://[::1]:1234'])('is not needed for this machine: %s', (url) =>
    expect(goesStraight(new URL(url), '')).toBe(true),
  );

  it('means everything by a star', () => expect(goesStraight(new URL('https://api.openai.com'), 'corp.example,*')).toBe(true));
});
