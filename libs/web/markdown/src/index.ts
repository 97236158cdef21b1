export { asShown, type ShownText } from './as-shown';
export { MarkdownDrawing } from './markdown-drawing';
export { MarkdownView } from './markdown-view';
