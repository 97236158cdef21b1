import { basePathOf } from './base-path';

describe('the path of the public address', () => {
  it.each([
    [undefined, ''],
    ['https://chat.example', ''],
    ['https://chat.example/', ''],
    ['https://intranet.example/tools/echo', '/tools/echo'],
  ])('of %s is "%s"', (publicUrl, base) => {
    expect(basePathOf(publicUrl)).toBe(base);
  });
});
