import { FrameCommitter } from './frame-committer';
import { show } from './testing/session-rig';

describe('FrameCommitter', () => {
  const commit = jest.fn();
  let committer: FrameCommitter;

  beforeEach(() => {
    jest.useFakeTimers();
    committer = new FrameCommitter(document, commit);
  });

  afterEach(() => {
    committer.cancel();
    show(true);
    jest.useRealTimers();
  });

  it('commits once per frame however often it is scheduled', () => {
    for (let call = 0; call < 50; call++) committer.schedule();
    expect(commit).not.toHaveBeenCalled();
    jest.advanceTimersByTime(16);
    expect(commit).toHaveBeenCalledTimes(1);
    jest.advanceTimersByTime(1000);
    expect(commit).toHaveBeenCalledTimes(1);
    committer.schedule();
    jest.advanceTimersByTime(16);
    expect(commit).toHaveBeenCalledTimes(2);
  });

  it('commits every quarter of a second while the page is hidden', () => {
    show(false);
    committer.schedule();
    jest.advanceTimersByTime(249);
    expect(commit).not.toHaveBeenCalled();
    jest.advanceTimersByTime(1);
    expect(commit).toHaveBeenCalledTimes(1);
  });

  it('does not wait for a frame that is not drawn because the page was hidden meanwhile', () => {
    const frame = jest.spyOn(window, 'requestAnimationFrame').mockReturnValue(1);
    committer.schedule();
    show(false);
    committer.schedule();
    jest.advanceTimersByTime(250);
    expect(commit).toHaveBeenCalledTimes(1);
    frame.mockRestore();
  });

  it('commits nothing after it was cancelled', () => {
    committer.schedule();
    committer.cancel();
    jest.advanceTimersByTime(1000);
    expect(commit).not.toHaveBeenCalled();
    expect(jest.getTimerCount()).toBe(0);
  });
});
