import { SeldomTold } from './seldom-told';

describe('SeldomTold', () => {
  it('is told of one thing of one person once in a quarter of an hour, and of others meanwhile', () => {
    const told = new SeldomTold();
    expect([
      told.isTime('ada', 'key', 0),
      told.isTime('ada', 'key', 1_000),
      told.isTime('ada', 'role', 1_000),
      told.isTime('bob', 'key', 1_000),
      told.isTime('ada', 'key', 900_000),
    ]).toEqual([true, false, true, true, true]);
  });

  it('is told of twenty things of one person at most', () => {
    const told = new SeldomTold();
    const times = Array.from({ length: 50 }, (_, each) => told.isTime('eve', String(each), 0));
    expect(times.filter(Boolean)).toHaveLength(20);
  });

  it('remembers a bounded number', () => {
    const told = new SeldomTold();
    for (let each = 0; each <= 5_000; each++) told.isTime(String(each), 'key', 0);
    expect([told.isTime('5000', 'key', 1), told.isTime('0', 'key', 1)]).toEqual([false, true]);
  });
});
