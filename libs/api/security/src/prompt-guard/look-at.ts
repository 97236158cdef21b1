import { type TextFindings } from '@echo/contract';
import { findHidden, summarize } from '@echo/contract/hidden-text';
import { findTemplateTokens } from './template-tokens';

/** What happens to what is hidden in a message: nobody looks, it is shown, or the message is refused. */
export const GUARD_POLICIES = ['off', 'flag', 'block'] as const;
export type GuardPolicy = (typeof GUARD_POLICIES)[number];

/** What is hidden in a text, or spelled like a model's template; null: nothing. The text stays as it is. */
export function lookAt(text: string): TextFindings | null {
  return summarize([...findHidden(text), ...findTemplateTokens(text)]);
}
