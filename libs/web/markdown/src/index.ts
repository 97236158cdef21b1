export { asShown, type ShownText } from './as-shown';
export { MarkdownView } from './markdown-view';
