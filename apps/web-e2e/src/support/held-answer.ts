import { openAiChat, type OpenAiTextOptions, type ScriptedAnswer } from '@echo/testing';

/** An answer that says `before`, waits until the test releases it, says `after`, and ends. */
export function heldAnswer(before: readonly string[], after = '', options: OpenAiTextOptions = {}): ScriptedAnswer {
  const last = { choices: [{ index: 0, delta: { content: after }, finish_reason: 'stop' }] };
  return openAiChat.text(before, { ...options, then: [{ hold: true }, { write: openAiChat.event(last) }, { write: openAiChat.done }] });
}
