export { HiddenDraft } from './hidden-draft';
export { HiddenText } from './hidden-text';
