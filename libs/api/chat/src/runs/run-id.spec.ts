import { isRunId, newRunId } from './run-id';

describe('a run’s id', () => {
  it('is a UUID of version 7 that sorts by time', () => {
    const ids = [1_000, 2_000, 1_764_000_000_000].map((time) => newRunId(time));
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(Array.from({ length: 100 }, () => newRunId(5))).size).toBe(100);
  });

  it.each(['', '1', 'x', `${newRunId()} `, newRunId().replaceAll('-', '')])('is not %j', (text) => expect(isRunId(text)).toBe(false));
});
