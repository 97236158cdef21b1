import { type Wire } from '../registry/wire';
import { continues } from './continuation';
import { listOpenAiModels } from './model-listing';
import { openAiChatModel } from './openai-chat-model';

/** Names of models that answer no chat: they fill half of OpenAI's list. */
const NOT_FOR_CHAT = /embed|whisper|tts|dall-e|moderation|transcribe|realtime|-audio|image|sora|davinci|babbage|rerank|-instruct-\d/i;
const OPENAI_DEFAULT = 'gpt-4o-mini';

/** OpenAI chat completions, and everything that speaks them. */
export const openAiChatWire: Wire = {
  model: openAiChatModel,
  continues,
  listModels: listOpenAiModels,
  isForChat: (model) => !NOT_FOR_CHAT.test(model),
  defaultModel(provider, listed) {
    // OpenAI's list is in no order: its first entry may be anything.
    const atOpenAi = new URL(provider.baseUrl).hostname === 'api.openai.com';
    if (atOpenAi && (listed === null || listed.some(({ id }) => id === OPENAI_DEFAULT))) return OPENAI_DEFAULT;
    return listed?.find(({ id }) => !NOT_FOR_CHAT.test(id))?.id;
  },
};
