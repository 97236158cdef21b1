import { DestroyRef, Directive, ElementRef, afterNextRender, inject } from '@angular/core';
import { FollowState, type ScrollPosition } from './follow-state';

const UPWARD_KEYS = new Set(['ArrowUp', 'PageUp', 'Home']);

/**
 * Keeps the end of its first child in view while the child grows, until the reader moves up or selects something. Scrolls once per change of size and never animates, so
 * it does not fight the reader's own scrolling.
 */
@Directive({ selector: '[echoStickToEnd]', exportAs: 'stickToEnd' })
export class StickToEnd {
  private readonly box = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly destroyRef = inject(DestroyRef);
  private readonly state = new FollowState();
  private touchY = 0;

  readonly isFollowing = this.state.isFollowing;
  readonly hasUnread = this.state.hasUnread;

  constructor() {
    afterNextRender(() => {
      this.listen();
      this.observe();
    });
  }

  /** Goes to the end and follows it from now on. */
  jump(): void {
    this.state.follow();
    this.toEnd();
  }

  private toEnd(): void {
    this.box.scrollTop = this.box.scrollHeight;
    this.state.putToEnd(this.position());
  }

  private position(): ScrollPosition {
    return { top: this.box.scrollTop, height: this.box.scrollHeight, viewport: this.box.clientHeight };
  }

  private listen(): void {
    const abort = new AbortController();
    // Native and passive: a template listener would check the view at every scroll event.
    const options = { passive: true, signal: abort.signal };
    this.box.addEventListener('scroll', () => this.state.scroll(this.position()), options);
    this.box.addEventListener('wheel', (event) => event.deltaY < 0 && this.state.moveUp(this.position()), options);
    this.box.addEventListener('touchstart', (event) => (this.touchY = event.touches[0]?.clientY ?? 0), options);
    this.box.addEventListener('touchmove', (event) => this.touch(event), options);
    this.box.addEventListener('keydown', (event) => this.press(event), options);
    this.box.addEventListener('click', (event) => this.unfold(event), options);
    this.box.ownerDocument.addEventListener('selectionchange', () => this.select(), options);
    this.destroyRef.onDestroy(() => abort.abort());
  }

  private observe(): void {
    const content = this.box.firstElementChild;
    if (content === null || typeof ResizeObserver === 'undefined') return;
    const observer = new ResizeObserver(() => {
      this.state.resize(this.position());
      if (this.state.isFollowing()) this.toEnd();
    });
    observer.observe(content);
    observer.observe(this.box);
    this.destroyRef.onDestroy(() => observer.disconnect());
  }

  private touch(event: TouchEvent): void {
    const y = event.touches[0]?.clientY ?? 0;
    if (y > this.touchY) this.state.moveUp(this.position());
    this.touchY = y;
  }

  private press(event: KeyboardEvent): void {
    const isUpward = UPWARD_KEYS.has(event.key) || (event.key === ' ' && event.shiftKey);
    const isTyping = event.target instanceof HTMLElement && event.target.matches('textarea, input, select');
    if (isUpward && !isTyping) this.state.moveUp(this.position());
  }

  /** What is long is shown in full: it is to be read from where the reader is. */
  private unfold({ target }: Event): void {
    if (target instanceof Element && target.closest('.unfold') !== null) this.state.letGo();
  }

  private select(): void {
    const selection = this.box.ownerDocument.getSelection();
    if (selection === null || selection.isCollapsed || !this.box.contains(selection.anchorNode)) return;
    this.state.moveUp(this.position());
  }
}
