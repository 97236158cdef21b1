import { FollowState } from './follow-state';

const at = (top: number, height = 2000) => ({ top, height, viewport: 500 });

describe('FollowState', () => {
  let state: FollowState;

  beforeEach(() => {
    state = new FollowState();
    state.resize(at(0));
    state.scroll(at(1500));
  });

  it('follows from the start', () => {
    expect(state.isFollowing()).toBe(true);
  });

  it('lets go at the first upward move, however small', () => {
    state.moveUp(at(1500));
    expect(state.isFollowing()).toBe(false);
  });

  it('lets go when the box is scrolled up, as by its scroll bar', () => {
    state.scroll(at(1490));
    expect(state.isFollowing()).toBe(false);
  });

  it('stays let go while the text grows, and marks it unread', () => {
    state.scroll(at(1490));
    expect(state.hasUnread()).toBe(false);
    state.resize(at(1490, 2400));
    expect(state.isFollowing()).toBe(false);
    expect(state.hasUnread()).toBe(true);
  });

  it('follows again within 80 pixels of the end, on the way down', () => {
    state.scroll(at(1000));
    state.scroll(at(1419));
    expect(state.isFollowing()).toBe(false);
    state.scroll(at(1420));
    expect(state.isFollowing()).toBe(true);
    expect(state.hasUnread()).toBe(false);
  });

  it('does not follow again on the way up, although the end is near', () => {
    state.moveUp(at(1500));
    state.scroll(at(1450));
    expect(state.isFollowing()).toBe(false);
  });

  it('does not take a text that shrinks for an upward move', () => {
    state.scroll(at(1200, 1710));
    expect(state.isFollowing()).toBe(true);
  });

  it('knows a step up from the end where we put the box, although it is lower than the last place it was scrolled to', () => {
    state.resize(at(1500, 2060));
    state.putToEnd(at(1560, 2060));
    state.moveUp(at(1560, 2060));
    state.scroll(at(1545, 2060));
    expect(state.isFollowing()).toBe(false);
  });

  it('lets go of what is about to grow in the middle, and takes hold again where everything comes into view', () => {
    state.resize({ top: 0, height: 400, viewport: 500 });
    state.letGo();
    state.resize({ top: 0, height: 9000, viewport: 500 });
    expect(state.isFollowing()).toBe(false);
    state.resize({ top: 0, height: 400, viewport: 500 });
    expect([state.isFollowing(), state.hasUnread()]).toEqual([true, false]);
  });

  it('ignores upward moves while everything is in view', () => {
    state.moveUp({ top: 0, height: 400, viewport: 500 });
    expect(state.isFollowing()).toBe(true);
  });

  it('keeps following when the text grows under it', () => {
    state.resize(at(1500, 2600));
    state.scroll(at(2100, 2600));
    expect(state.isFollowing()).toBe(true);
    expect(state.hasUnread()).toBe(false);
  });
});
