import { DeathWatch } from './death-watch';

describe('the death watch', () => {
  let watch: DeathWatch;
  beforeEach(() => {
    watch = new DeathWatch();
  });

  /** Looks every half second from `from` to `to`; the verdict of the last look. */
  const looks = (from: number, to: number, until: (now: number) => string, isPast = true): string[] => {
    let dead: string[] = [];
    for (let now = from; now <= to; now += 500) dead = watch.look([{ id: 'other', until: until(now), isPast }], now);
    return dead;
  };

  it('takes a replica for dead whose lease is past and was not renewed for a full lease', () => {
    expect(looks(0, 4_500, () => 'then')).toEqual([]);
    expect(looks(5_000, 5_000, () => 'then')).toEqual(['other']);
  });

  it('waits for the lease to be past', () => expect(looks(0, 60_000, () => 'then', false)).toEqual([]));

  it('takes one that renews for alive, however late it is', () => {
    expect(looks(0, 60_000, (now) => String(Math.floor(now / 4_000)))).toEqual([]);
  });

  it('begins anew after it was asleep itself', () => {
    looks(0, 4_500, () => 'then');
    expect(looks(60_000, 64_500, () => 'then')).toEqual([]);
    expect(looks(65_000, 65_000, () => 'then')).toEqual(['other']);
  });

  it('begins anew after the database was away', () => {
    looks(0, 4_500, () => 'then');
    watch.forget();
    expect(looks(5_000, 9_500, () => 'then')).toEqual([]);
  });

  it('forgets a replica that has left', () => {
    looks(0, 4_500, () => 'then');
    watch.look([], 4_500);
    expect(looks(5_000, 9_500, () => 'then')).toEqual([]);
  });
});
