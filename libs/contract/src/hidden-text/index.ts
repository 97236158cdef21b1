// An entry of its own: the page fetches this only when something is pasted or was found, which bundlers cannot do with part of an index.
export { findHidden } from './find-hidden';
export { readTags } from './tag-characters';
export { breakTemplateTokens, mendTemplateTokens, TEMPLATE_TOKENS, templateTokensIn } from './template-tokens';
export { FINDING_KINDS, summarize } from './text-findings';
