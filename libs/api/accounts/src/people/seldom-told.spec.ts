import { SeldomTold } from './seldom-told';

describe('SeldomTold', () => {
  it('is told of one thing once in a quarter of an hour, and of others meanwhile', () => {
    const told = new SeldomTold();
    expect([told.isTime('ada', 0), told.isTime('ada', 1_000), told.isTime('bob', 1_000), told.isTime('ada', 900_000)]).toEqual([
      true,
      false,
      true,
      true,
    ]);
  });

  it('remembers a bounded number', () => {
    const told = new SeldomTold();
    for (let each = 0; each <= 10_000; each++) told.isTime(String(each), 0);
    expect([told.isTime('10000', 1), told.isTime('0', 1)]).toEqual([false, true]);
  });
});
