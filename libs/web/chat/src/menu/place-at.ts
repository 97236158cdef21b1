/** Pixels kept free between a menu and the edges of the window. */
const MARGIN = 8;

/** Puts a menu that is shown below the button that opened it, or above where there is no room, and never out of the window. */
export function placeAt(opener: HTMLElement, menu: HTMLElement, window: Window): void {
  const place = opener.getBoundingClientRect();
  const isBelow = place.bottom + menu.offsetHeight + MARGIN < window.innerHeight;
  menu.style.insetBlockStart = `${isBelow ? place.bottom : Math.max(MARGIN, place.top - menu.offsetHeight)}px`;
  menu.style.insetInlineStart = `${Math.max(MARGIN, Math.min(place.left, window.innerWidth - menu.offsetWidth - MARGIN))}px`;
}
