import { Ollama } from 'ollama';
import { newReading, type Oracle, type Reading } from './recordings';

const statusOf = (error: unknown): number | undefined => {
  const status = (error as { readonly status_code?: unknown }).status_code;
  return typeof status === 'number' ? status : undefined;
};

interface Last {
  readonly done: boolean;
  readonly done_reason?: string;
  readonly prompt_eval_count?: number;
  readonly eval_count?: number;
}

function readEnd(reading: Reading, { done, done_reason, prompt_eval_count: input, eval_count: output }: Last): void {
  if (!done) return;
  reading.finish = done_reason === 'length' ? 'length' : 'stop';
  if (input !== undefined || output !== undefined) reading.usage = { input: input ?? 0, output: output ?? 0 };
}

export const ollamaChatOracle: Oracle = {
  statusOf,
  async read(origin) {
    const reading = newReading();
    for await (const line of await new Ollama({ host: origin }).chat({ model: 'm', messages: [], stream: true })) {
      reading.text += line.message.content ?? '';
      reading.reasoning += line.message.thinking ?? '';
      readEnd(reading, line);
    }
    return reading;
  },
};

/** The older path. We ask only the other one, and understand this one's lines. */
export const ollamaGenerateOracle: Oracle = {
  statusOf,
  async read(origin) {
    const reading = newReading();
    for await (const line of await new Ollama({ host: origin }).generate({ model: 'm', prompt: 'x', stream: true })) {
      reading.text += line.response ?? '';
      reading.reasoning += line.thinking ?? '';
      readEnd(reading, line);
    }
    return reading;
  },
};
