import { Lanes } from './lanes';

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('Lanes', () => {
  it('lets one after the other through on one lane, and others pass beside it', async () => {
    const lanes = new Lanes();
    let [now, most] = [0, 0];
    const work = async () => {
      most = Math.max(most, ++now);
      await turn();
      now--;
    };
    await Promise.all([work, work, work].map((each) => lanes.pass('ada', each)));
    expect(most).toBe(1);
    await Promise.all(['ada', 'bob'].map((key) => lanes.pass(key, work)));
    expect(most).toBe(2);
    expect(lanes.size).toBe(0);
  });

  it('sends away whoever comes when too many wait, and forgets the lane also after a failure', async () => {
    const lanes = new Lanes();
    const all = await Promise.allSettled(Array.from({ length: 22 }, () => lanes.pass('ada', turn)));
    const refused = all.filter(({ status }) => status === 'rejected');
    expect(refused).toEqual([{ status: 'rejected', reason: expect.objectContaining({ code: 'overloaded', retryAfterSeconds: 5 }) }]);
    await expect(lanes.pass('ada', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(lanes.size).toBe(0);
  });
});
