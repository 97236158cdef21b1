import OpenAI from 'openai';
import { type ChatCompletionChunk } from 'openai/resources/chat/completions';
import { newReading, type Oracle, type Reading } from './recordings';

const statusOf = (error: unknown): number | undefined =>
  error instanceof OpenAI.APIError ? (error.status as number | undefined) : undefined;
const sdk = (origin: string): OpenAI => new OpenAI({ apiKey: 'none', baseURL: `${origin}/v1`, maxRetries: 0 });

export const openAiChatOracle: Oracle = {
  statusOf,
  async read(origin) {
    const reading = newReading();
    const stream = await sdk(origin).chat.completions.create({ model: 'm', messages: [], stream: true });
    for await (const chunk of stream) {
      const choice = chunk.choices?.find(({ index }) => index === 0);
      if (choice !== undefined) readChoice(choice, reading);
      const usage = chunk.usage ?? (chunk as { x_groq?: { usage?: typeof chunk.usage } }).x_groq?.usage;
      if (usage) reading.usage = { input: usage.prompt_tokens, output: usage.completion_tokens };
    }
    return reading;
  },
};

function readChoice({ delta, finish_reason }: ChatCompletionChunk.Choice, reading: Reading): void {
  const { content, reasoning_content, reasoning } = delta as {
    content?: unknown;
    reasoning_content?: string | null;
    reasoning?: string | null;
  };
  // The SDK passes Mistral's lists on as they are.
  for (const part of Array.isArray(content) ? content : [{ type: 'text', text: content ?? '' }]) {
    if (part.type === 'thinking') reading.reasoning += part.thinking.map(({ text }: { text: string }) => text).join('');
    else reading.text += part.text;
  }
  reading.reasoning += (reasoning_content || reasoning) ?? '';
  // We send no tools and make no difference between the two.
  if (finish_reason) reading.finish = finish_reason === 'tool_calls' ? 'stop' : finish_reason;
}

export const openAiResponsesOracle: Oracle = {
  statusOf,
  async read(origin) {
    const reading = newReading();
    const stream = await sdk(origin).responses.create({ model: 'm', input: 'x', stream: true });
    for await (const event of stream) {
      switch (event.type) {
        case 'response.output_text.delta':
        case 'response.refusal.delta':
          reading.text += event.delta;
          break;
        case 'response.reasoning_summary_part.added':
          // Each part of a summary is a paragraph.
          if (reading.reasoning !== '') reading.reasoning += '\n\n';
          break;
        case 'response.reasoning_summary_text.delta':
        case 'response.reasoning_text.delta':
          reading.reasoning += event.delta;
          break;
        case 'response.completed':
        case 'response.incomplete': {
          const { usage, status, incomplete_details: details } = event.response;
          if (usage) reading.usage = { input: usage.input_tokens, output: usage.output_tokens };
          reading.finish = status === 'completed' ? 'stop' : details?.reason === 'content_filter' ? 'content_filter' : 'length';
          break;
        }
        case 'response.failed':
          throw new Error(event.response.error?.message);
        default:
        // The others hold nothing to show.
      }
    }
    return reading;
  },
};
