import { ApiError, GoogleGenAI } from '@google/genai';
import { newReading, type Oracle } from './recordings';

const FILTERED = ['SAFETY', 'RECITATION', 'BLOCKLIST', 'PROHIBITED_CONTENT', 'SPII', 'LANGUAGE', 'IMAGE_SAFETY'];

export const geminiOracle: Oracle = {
  statusOf: (error) => (error instanceof ApiError ? error.status : undefined),
  async read(origin) {
    const reading = newReading();
    const sdk = new GoogleGenAI({ apiKey: 'none', httpOptions: { baseUrl: origin } });
    for await (const response of await sdk.models.generateContentStream({ model: 'm', contents: 'x' })) {
      const candidate = response.candidates?.[0];
      for (const { text = '', thought } of candidate?.content?.parts ?? []) reading[thought ? 'reasoning' : 'text'] += text;
      const reason = candidate?.finishReason as string | undefined;
      if (reason) reading.finish = reason === 'MAX_TOKENS' ? 'length' : FILTERED.includes(reason) ? 'content_filter' : 'stop';
      const usage = response.usageMetadata;
      if (usage) {
        const { promptTokenCount: input = 0, candidatesTokenCount: said = 0, thoughtsTokenCount: thought = 0 } = usage;
        reading.usage = { input, output: said + thought };
      }
    }
    return reading;
  },
};
