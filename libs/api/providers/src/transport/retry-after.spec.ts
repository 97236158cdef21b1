import { retryAfterMs } from './retry-after';

const now = Date.parse('2026-11-22T12:00:00Z');
const read = (headers: Record<string, string>) => retryAfterMs((name) => headers[name], now);

describe('retryAfterMs', () => {
  it.each([
    [{}, undefined],
    [{ 'retry-after': '3' }, 3_000],
    [{ 'retry-after': '0.5' }, 500],
    [{ 'retry-after': 'Sun, 22 Nov 2026 12:00:07 GMT' }, 7_000],
    [{ 'retry-after': 'Sun, 22 Nov 2026 11:00:00 GMT' }, 0],
    [{ 'retry-after': 'soon' }, undefined],
    [{ 'retry-after': '' }, undefined],
    [{ 'retry-after': '-1x' }, undefined],
    [{ 'retry-after-ms': '250', 'retry-after': '9' }, 250],
  ] as const)('reads %j as %p', (headers, expected) => {
    expect(read(headers)).toBe(expected);
  });
});
