export { Attempt, type AttemptOptions, type Fields } from './attempt';
export { ConfirmDialog, type Question } from './confirm-dialog';
export { costWords } from './cost-words';
export { Outcome } from './outcome';
export { TextField } from './text-field';
export { momentWords, timeWords } from './time-words';
