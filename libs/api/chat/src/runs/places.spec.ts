import { Places } from './places';

const never = new AbortController().signal;

describe('Places', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('gives a place that becomes free to the first in line', async () => {
    const places = new Places(1);
    await expect(places.take(10, never)).resolves.toBe(true);
    const order: string[] = [];
    const first = places.take(1_000, never).then((got) => order.push(`first ${got}`));
    const second = places.take(1_000, never).then((got) => order.push(`second ${got}`));
    places.free();
    await first;
    places.free();
    await second;
    expect(order).toEqual(['first true', 'second true']);
    places.free();
    expect(places.hasFree).toBe(true);
  });

  it('sends away who has waited too long, and does not keep a place for them', async () => {
    const places = new Places(1);
    await places.take(10, never);
    const late = places.take(500, never);
    jest.advanceTimersByTime(500);
    await expect(late).resolves.toBe(false);
    places.free();
    expect(places.hasFree).toBe(true);
  });

  it('lets go who gives up', async () => {
    const places = new Places(1);
    await places.take(10, never);
    const leaving = new AbortController();
    const waiting = places.take(500, leaving.signal);
    leaving.abort();
    await expect(waiting).resolves.toBe(false);
    await expect(places.take(500, leaving.signal)).resolves.toBe(false);
  });
});
