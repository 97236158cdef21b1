import { backoffMs } from './backoff';

describe('backoffMs', () => {
  it('doubles from 0.25 s to 8 s and stays there', () => {
    expect([0, 1, 2, 3, 4, 5, 6, 1000].map((failures) => backoffMs(failures, () => 1))).toEqual([
      250, 500, 1000, 2000, 4000, 8000, 8000, 8000,
    ]);
  });

  it('leaves up to half of it to chance', () => {
    expect(backoffMs(3, () => 0)).toBe(1000);
    for (let round = 0; round < 100; round++) {
      expect(backoffMs(3)).toBeGreaterThanOrEqual(1000);
      expect(backoffMs(3)).toBeLessThanOrEqual(2000);
    }
  });
});
