import { PROVIDER_WIRES } from '@echo/contract';
import { freeId, idOf, PRESETS } from './presets';

describe('the presets', () => {
  it.each(PRESETS)('know of $name a protocol and an address', ({ id, wire, baseUrl, isPrivate = false }) => {
    expect(idOf(id)).toBe(id);
    expect(PROVIDER_WIRES).toContain(wire);
    expect(new URL(baseUrl).protocol).toBe(isPrivate ? 'http:' : 'https:');
  });
});

describe('idOf', () => {
  it.each([
    ['OpenAI', 'openai'],
    ['  Büro Süd, 2. Stock ', 'bu-ro-su-d-2-stock'],
    ['_odd_', 'odd_'],
    ['模型', ''],
    ['x'.repeat(99), 'x'.repeat(63)],
  ])('makes of %j %j', (name, id) => expect(idOf(name)).toBe(id));
});

describe('freeId', () => {
  it('takes the first number that is free', () => {
    expect(freeId('lab', [])).toBe('lab');
    expect(freeId('lab', ['lab', 'lab-2'])).toBe('lab-3');
    expect(freeId('', [''])).toBe('');
  });
});
