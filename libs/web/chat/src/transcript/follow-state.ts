import { signal } from '@angular/core';

/** Where a scrolled box stands, in CSS pixels. */
export interface ScrollPosition {
  readonly top: number;
  readonly height: number;
  readonly viewport: number;
}

/** Within this many pixels of the end, scrolling down means: follow again. */
const NEAR_END = 80;
/** Zoomed screens report fractions of a pixel. */
const SLACK = 1;

/**
 * Decides whether the reader follows the end of a growing text. Any move up lets go, at once; only a move down to the end, or `follow`, takes hold
 * again. Growth alone never changes it.
 */
export class FollowState {
  private readonly following = signal(true);
  private readonly unread = signal(false);
  private last: ScrollPosition = { top: 0, height: 0, viewport: 0 };

  readonly isFollowing = this.following.asReadonly();
  /** Whether something was added below since the reader let go. */
  readonly hasUnread = this.unread.asReadonly();

  follow(): void {
    this.following.set(true);
    this.unread.set(false);
  }

  /** Something in the middle is about to grow, for the reader to see it. */
  letGo(): void {
    this.following.set(false);
  }

  /** The reader moved up by wheel, finger or key. Nothing happens while all of it is in view. */
  moveUp(position: ScrollPosition): void {
    if (position.height > position.viewport + SLACK) this.following.set(false);
  }

  scroll(position: ScrollPosition): void {
    const { top, height } = this.last;
    this.last = position;
    const toEnd = position.height - position.viewport - position.top;
    // A text that shrinks pulls the box up without anybody's wish.
    const wentUp = position.top < top - SLACK && position.height >= height;
    if (wentUp && toEnd > SLACK) this.following.set(false);
    else if (position.top > top && toEnd <= NEAR_END) this.follow();
  }

  /** The box was put to its end by us. Without knowing that, the first step up from there would still look like a step down. */
  putToEnd(position: ScrollPosition): void {
    this.last = position;
  }

  /** The content has a new size. */
  resize(position: ScrollPosition): void {
    if (!this.following() && position.height > this.last.height + SLACK) this.unread.set(true);
    this.last = { ...position, top: this.last.top };
    if (position.height <= position.viewport + SLACK) this.follow();
  }
}
