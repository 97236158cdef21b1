import { anthropicWire } from '../anthropic/anthropic-wire';
import { geminiWire } from '../gemini/gemini-wire';
import { ollamaWire } from '../ollama/ollama-wire';
import { openAiChatWire } from '../openai-chat/openai-chat-wire';
import { openAiResponsesWire } from '../openai-responses/openai-responses-wire';
import { type WireName } from '../provider-settings';
import { type Wire } from './wire';

/** Adding a protocol is one folder and one line here. */
export const WIRES: Readonly<Record<WireName, Wire>> = {
  'openai-chat': openAiChatWire,
  'openai-responses': openAiResponsesWire,
  anthropic: anthropicWire,
  gemini: geminiWire,
  ollama: ollamaWire,
};
