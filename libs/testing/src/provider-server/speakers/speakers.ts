import { anthropicWords } from './anthropic-words';
import { geminiWords } from './gemini-words';
import { ollamaWords } from './ollama-words';
import { openAiChatWords } from './openai-chat-words';
import { openAiResponsesWords } from './openai-responses-words';
import { Speaker } from './speaker';

/** One for each wire that providers speak. */
export const SPEAKERS = {
  'openai-chat': new Speaker(openAiChatWords),
  'openai-responses': new Speaker(openAiResponsesWords),
  anthropic: new Speaker(anthropicWords),
  gemini: new Speaker(geminiWords),
  ollama: new Speaker(ollamaWords),
} as const;
