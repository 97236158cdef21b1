// Two readers of each wire: ours, and the vendor's own.
import Anthropic from '@anthropic-ai/sdk';
import { GoogleGenAI } from '@google/genai';
import { Ollama } from 'ollama';
import OpenAI from 'openai';
import { WIRES } from '../../libs/api/providers/dist/index.js';
import { HttpTransport } from '../../libs/api/providers/dist/transport/http-transport.js';

const MESSAGES = [{ role: 'user', content: 'Hi' }];
const transport = new HttpTransport();

/** An answer as pieces of text, read by us. */
export async function* ours(wire, base, signal = new AbortController().signal) {
  const baseUrl = wire.startsWith('openai') ? `${base}/v1` : base;
  const model = WIRES[wire].model({ id: 'bench', name: 'Bench', wire, baseUrl, apiKey: 'none' }, 'bench', transport);
  for await (const part of model.stream({ messages: MESSAGES }, signal)) if (part.type === 'text') yield part.text;
}

/** The same, read by the vendor's SDK. */
export const theirs = {
  async *'openai-chat'(base) {
    const sdk = new OpenAI({ apiKey: 'none', baseURL: `${base}/v1`, maxRetries: 0 });
    const stream = await sdk.chat.completions.create({ model: 'bench', messages: MESSAGES, stream: true });
    for await (const chunk of stream) {
      const text = chunk.choices[0]?.delta.content;
      if (text) yield text;
    }
  },
  async *'openai-responses'(base) {
    const sdk = new OpenAI({ apiKey: 'none', baseURL: `${base}/v1`, maxRetries: 0 });
    for await (const event of await sdk.responses.create({ model: 'bench', input: 'Hi', stream: true })) {
      if (event.type === 'response.output_text.delta') yield event.delta;
    }
  },
  async *anthropic(base) {
    const sdk = new Anthropic({ apiKey: 'none', baseURL: base, maxRetries: 0 });
    const stream = await sdk.messages.create({ model: 'bench', max_tokens: 99, messages: MESSAGES, stream: true });
    for await (const event of stream) if (event.type === 'content_block_delta' && event.delta.type === 'text_delta') yield event.delta.text;
  },
  async *gemini(base) {
    const sdk = new GoogleGenAI({ apiKey: 'none', httpOptions: { baseUrl: base } });
    for await (const response of await sdk.models.generateContentStream({ model: 'bench', contents: 'Hi' })) {
      const text = response.candidates?.[0]?.content?.parts?.[0]?.text;
      if (text) yield text;
    }
  },
  async *ollama(base) {
    const stream = await new Ollama({ host: base }).chat({ model: 'bench', messages: MESSAGES, stream: true });
    for await (const line of stream) if (line.message.content) yield line.message.content;
  },
};
