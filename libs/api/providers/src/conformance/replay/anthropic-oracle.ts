import Anthropic from '@anthropic-ai/sdk';
import { newReading, type Oracle } from './recordings';

const FINISH: Readonly<Record<string, string>> = {
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  refusal: 'content_filter',
};

/** Read from the events: the SDK's own helper for messages refuses what vendors' gateways leave out. */
export const anthropicOracle: Oracle = {
  statusOf: (error) => (error instanceof Anthropic.APIError ? (error.status as number | undefined) : undefined),
  async read(origin) {
    const reading = newReading();
    const sdk = new Anthropic({ apiKey: 'none', baseURL: origin, maxRetries: 0 });
    const stream = await sdk.messages.create({ model: 'm', max_tokens: 9, messages: [{ role: 'user', content: 'x' }], stream: true });
    const counts = { input_tokens: 0, cache_read_input_tokens: 0, cache_creation_input_tokens: 0, output_tokens: 0 };
    const count = (usage: Partial<Record<keyof typeof counts, number | null>>) => {
      for (const name of Object.keys(counts) as (keyof typeof counts)[]) counts[name] = usage[name] || counts[name];
      const { output_tokens: output, ...input } = counts;
      reading.usage = { input: Object.values(input).reduce((sum, each) => sum + each, 0), output };
    };
    for await (const event of stream) {
      switch (event.type) {
        case 'message_start':
          count(event.message.usage);
          break;
        case 'content_block_start':
          if (event.content_block.type === 'text') reading.text += event.content_block.text;
          if (event.content_block.type === 'thinking') reading.reasoning += event.content_block.thinking;
          break;
        case 'content_block_delta':
          if (event.delta.type === 'text_delta') reading.text += event.delta.text;
          if (event.delta.type === 'thinking_delta') reading.reasoning += event.delta.thinking;
          break;
        case 'message_delta':
          if (event.delta.stop_reason) reading.finish = FINISH[event.delta.stop_reason] ?? 'stop';
          count(event.usage);
          break;
        default:
        // The others hold nothing to show.
      }
    }
    return reading;
  },
};
