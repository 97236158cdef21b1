/** Outlines on a field of 20 by 20. */
export const ICONS = {
  archive: 'M3 4h14v3.5H3zM4.5 7.5V16h11V7.5M8 10.5h4',
  arrowDown: 'M10 4v12M5 11l5 5 5-5',
  arrowUp: 'M10 16V4M5 9l5-5 5 5',
  check: 'M4.5 10.5l3.7 3.7 7.3-8',
  chevronLeft: 'M12 5l-5 5 5 5',
  chevronRight: 'M8 5l5 5-5 5',
  close: 'M5 5l10 10M15 5L5 15',
  copy: 'M7 7h9v9H7zM13 7V4H4v9h3',
  edit: 'M4 16l.8-3.4L13 4.4l2.6 2.6-8.2 8.2zM11.4 6l2.6 2.6',
  goOn: 'M4 10h9M9 6l4 4-4 4M16.5 5v10',
  info: 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM10 9.2v4.3M10 6.6h.01',
  keyboard: 'M2.5 5.5h15v9h-15zM5.5 8.4h.01M8.5 8.4h.01M11.5 8.4h.01M14.5 8.4h.01M6.5 11.6h7',
  menu: 'M3.5 6h13M3.5 10h13M3.5 14h13',
  more: 'M4.6 10h.01M10 10h.01M15.4 10h.01',
  newChat: 'M16 10.5V16H4V4h5.5M8 12l.5-2.3 6.6-6.6 1.8 1.8-6.6 6.6z',
  pin: 'M7 3h6l-.8 5.2L15 11v1.5H5V11l2.8-2.8zM10 12.5V17',
  plug: 'M7 3v4M13 3v4M5 7h10v2.5a5 5 0 0 1-10 0zM10 14.5V17',
  regenerate: 'M15.6 8.2A6 6 0 0 0 4.3 8M4.3 11.8A6 6 0 0 0 15.7 12M16 4.5v3.7h-3.7M4 15.5v-3.7h3.7',
  search: 'M9 14.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11zM13 13l4 4',
  sliders: 'M3 6.5h7M14 6.5h3M3 13.5h3M10 13.5h7M12 4.5v4M8 11.5v4',
  stop: 'M6 6h8v8H6z',
  trash: 'M4 5.5h12M8 5.5V3.5h4v2M5.5 5.5l.7 11h7.6l.7-11M8.5 8.5v5M11.5 8.5v5',
  unarchive: 'M3 4h14v3.5H3zM4.5 7.5V16h11V7.5M10 14v-4M8 11.8L10 9.8l2 2',
  warning: 'M10 3.5l7 12.5H3zM10 8.5v3.5M10 14.2h.01',
} as const;

export type IconName = keyof typeof ICONS;
