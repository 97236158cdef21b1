import { newIdempotencyKey } from './idempotency-key';

describe('newIdempotencyKey', () => {
  it('makes visible ASCII that does not repeat', () => {
    const keys = new Set(Array.from({ length: 1000 }, () => newIdempotencyKey()));
    expect(keys.size).toBe(1000);
    for (const key of keys) expect(key).toMatch(/^[0-9a-f]{32}$/);
  });

  it('needs nothing that only secure contexts have', () => {
    const secureOnly = jest.fn();
    Object.defineProperty(crypto, 'randomUUID', { configurable: true, value: secureOnly });
    expect(newIdempotencyKey()).toHaveLength(32);
    expect(secureOnly).not.toHaveBeenCalled();
  });
});
