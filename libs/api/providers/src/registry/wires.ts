import { openAiChatWire } from '../openai-chat/openai-chat-wire';
import { type WireName } from '../provider-settings';
import { type Wire } from './wire';

/** Adding a protocol is one folder and one line here. */
export const WIRES: Readonly<Record<WireName, Wire>> = {
  'openai-chat': openAiChatWire,
};
