import { masterKeyFault, masterKeyOf } from './master-key';
import { SealBox, type SealPlace, UnsealError } from './seal-box';

const OLD = masterKeyOf('Yp3kq1Zr8vN5uT0wXa7bGd2eHf9jLmQs4');
const NEW = masterKeyOf('mV6sRb1Kc9Wn3Xz5Ju0Lq8Td2Fh7Gy4Pe');
const PLACE: SealPlace = { table: 'provider', id: 'openai', column: 'api_key' };
const SECRET = 'sk-canary-7f3a with ünïcode';

describe('sealed texts', () => {
  it('open in their place and show nothing of the secret', () => {
    const box = new SealBox(OLD);
    const sealed = box.seal(SECRET, PLACE);
    expect(box.open(sealed, PLACE)).toBe(SECRET);
    expect(Buffer.from(sealed.split('.').at(-1) ?? '', 'base64url').toString('latin1')).not.toContain('canary');
    expect(box.seal(SECRET, PLACE)).not.toBe(sealed);
  });

  it.each<[string, SealPlace]>([
    ['row', { ...PLACE, id: 'other' }],
    ['column', { ...PLACE, column: 'headers' }],
    ['table', { ...PLACE, table: 'totp' }],
  ])('do not open in another %s', (_, elsewhere) => {
    const box = new SealBox(OLD);
    const sealed = box.seal(SECRET, PLACE);
    expect(() => box.open(sealed, elsewhere)).toThrow(UnsealError);
  });

  it('do not open once any byte was changed', () => {
    const box = new SealBox(OLD);
    const [version, id, key, text = ''] = box.seal(SECRET, PLACE).split('.');
    for (let index = 0; index < text.length; index++) {
      const other = text[index] === 'A' ? 'Q' : 'A';
      const changed = [version, id, key, text.slice(0, index) + other + text.slice(index + 1)].join('.');
      // The last character of base64 may carry bits that stand for nothing.
      if (Buffer.from(changed.split('.')[3] ?? '', 'base64url').equals(Buffer.from(text, 'base64url'))) continue;
      expect(() => box.open(changed, PLACE)).toThrow(UnsealError);
    }
  });

  it('open after the key was changed, as long as the previous one is given', () => {
    const sealed = new SealBox(OLD).seal(SECRET, PLACE);
    const rotated = new SealBox(NEW, [OLD]);
    expect(rotated.open(sealed, PLACE)).toBe(SECRET);
    expect(rotated.isCurrent(sealed)).toBe(false);
    expect(rotated.isCurrent(rotated.seal(SECRET, PLACE))).toBe(true);
    expect(() => new SealBox(NEW).open(sealed, PLACE)).toThrow(`The master key ${OLD.id} is needed`);
  });

  it.each(['', 'v1', 'v1.x.y.z', 'sk-plain', `v1.${OLD.id}..`])('are not mistaken: %j', (text) => {
    expect(() => new SealBox(OLD).open(text, PLACE)).toThrow(UnsealError);
  });
});

describe('a master key', () => {
  it.each([
    ['short', 'Yp3kq1Zr8vN5uT0w'],
    ['of one character', 'a'.repeat(64)],
    ['from the documentation', 'change-me-change-me-change-me-change-me'],
    ['an example', 'this-is-an-example-of-a-key-QwRtYuIoP'],
    ['counted', '0123456789abcdef0123456789abcdef'],
  ])('is refused when it is %s, without being repeated', (_, text) => {
    const fault = masterKeyFault(text);
    expect(fault).toMatch(/openssl rand/);
    expect(fault).not.toContain(text);
  });

  it('is taken when it is random', () => expect(masterKeyFault('mV6sRb1Kc9Wn3Xz5Ju0Lq8Td2Fh7Gy4Pe+/=')).toBeUndefined());
});
