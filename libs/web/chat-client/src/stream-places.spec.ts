import { createEnvironmentInjector, EnvironmentInjector } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { type Subscription } from 'rxjs';
import { StreamPlaces } from './stream-places';
import { TabChannel } from './tab-channel';
import { FakeChannel } from './testing/fake-channel';

describe('StreamPlaces', () => {
  let uninstall: () => void;
  let places: StreamPlaces;
  let other: FakeChannel;
  let line: Subscription;
  let mine: boolean[];

  beforeEach(() => {
    jest.useFakeTimers({ now: 1_000_000 });
    uninstall = FakeChannel.install();
    places = TestBed.inject(StreamPlaces);
    other = new FakeChannel('echo');
    mine = [];
    line = places.place.subscribe((place) => mine.push(place));
  });

  afterEach(() => {
    line.unsubscribe();
    uninstall();
    jest.useRealTimers();
  });

  const follows = (tab: string, used: number) => other.postMessage({ kind: 'follows', tab, used });
  const told = () => other.heard.map((news) => (news as { kind: string }).kind);

  it('gives a place at once, and keeps it among four', () => {
    for (const tab of ['a', 'b', 'c']) follows(tab, 1_000_001);
    expect(mine).toEqual([true]);
  });

  it('takes the place from the tab that was used least recently, and gives it back when another one leaves', () => {
    for (const tab of ['a', 'b', 'c', 'd']) follows(tab, 1_000_001);
    expect(mine).toEqual([true, false]);
    other.postMessage({ kind: 'leaves', tab: 'b' });
    expect(mine).toEqual([true, false, true]);
  });

  it('does not give way to tabs that were used before it', () => {
    for (const tab of ['a', 'b', 'c', 'd', 'e']) follows(tab, 999_999);
    expect(mine).toEqual([true]);
  });

  it('takes a place when the window is used again', () => {
    for (const tab of ['a', 'b', 'c', 'd']) follows(tab, 1_000_001);
    jest.setSystemTime(1_000_002);
    window.dispatchEvent(new Event('focus'));
    expect(mine).toEqual([true, false, true]);
    expect(other.heard.at(-1)).toMatchObject({ kind: 'follows', used: 1_000_002 });
  });

  it('forgets tabs that were closed without a word', () => {
    for (const tab of ['a', 'b', 'c', 'd']) follows(tab, 1_000_001);
    jest.advanceTimersByTime(10_000);
    for (const tab of ['a', 'b', 'c']) follows(tab, 1_000_001);
    expect(mine).toEqual([true, false]);
    jest.advanceTimersByTime(10_000);
    expect(mine).toEqual([true, false, true]);
  });

  it('tells a tab that is new of this one, once, and reminds all of them every five seconds', () => {
    expect(told()).toEqual(['follows']);
    follows('a', 1);
    follows('a', 1);
    expect(told()).toEqual(['follows', 'follows']);
    jest.advanceTimersByTime(5_000);
    expect(told()).toEqual(['follows', 'follows', 'follows']);
  });

  it('gives its place away with the run, and with the page', () => {
    window.dispatchEvent(new Event('pagehide'));
    line.unsubscribe();
    expect(told()).toEqual(['follows', 'leaves', 'leaves']);
    jest.advanceTimersByTime(60_000);
    expect(told()).toHaveLength(3);
  });

  it('lets the four of eight tabs hold a stream that were used last, and the next one when one of them ends', () => {
    line.unsubscribe();
    const holds: boolean[] = [];
    const lines = Array.from({ length: 8 }, (_, index) => {
      jest.setSystemTime(2_000_000 + index);
      const tab = createEnvironmentInjector([TabChannel, StreamPlaces], TestBed.inject(EnvironmentInjector));
      return tab.get(StreamPlaces).place.subscribe((place) => (holds[index] = place));
    });
    expect(holds).toEqual([false, false, false, false, true, true, true, true]);
    lines[6]?.unsubscribe();
    expect(holds.slice(0, 6)).toEqual([false, false, false, true, true, true]);
    for (const each of lines) each.unsubscribe();
  });
});
