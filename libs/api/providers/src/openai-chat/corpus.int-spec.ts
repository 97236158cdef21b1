import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import OpenAI from 'openai';
import { type ChatCompletionChunk } from 'openai/resources/chat/completions';
import { collectAnswer, ScriptedProvider } from '@echo/testing';
import { HttpTransport } from '../transport/http-transport';
import { type WirePart } from '../wire-model';
import { openAiChatModel } from './openai-chat-model';

interface Exchange {
  readonly wire: string;
  readonly repo: string;
  readonly file: string;
  readonly i: number;
  readonly status: number;
  readonly body: string;
}

/** What two readers of the same bytes are compared by. */
interface Reading {
  text: string;
  reasoning: string;
  finish: string | undefined;
  usage: { input: number; output: number } | undefined;
}

/** Where we differ from the official SDK on purpose: the end of the recording's name, what differs, and why. */
const DIFFERENCES: readonly { readonly file: string; readonly ours: Partial<Reading>; readonly why: string }[] = [
  {
    file: 'openai-compatible/src/chat/__fixtures__/xai-text.chunks.txt',
    ours: { usage: { input: 12, output: 342 } },
    why: 'xAI counts 340 reasoning tokens outside of completion_tokens; they are billed',
  },
  {
    file: 'openai-compatible/src/chat/__fixtures__/xai-tool-call.chunks.txt',
    ours: { usage: { input: 307, output: 253 } },
    why: 'as above: 227 reasoning tokens',
  },
  {
    file: 'packages/xai/src/__fixtures__/xai-text.chunks.txt',
    ours: { usage: { input: 12, output: 291 } },
    why: 'as above: 290 reasoning tokens',
  },
  {
    file: 'packages/xai/src/__fixtures__/xai-tool-call.chunks.txt',
    ours: { usage: { input: 291, output: 222 } },
    why: 'as above: 196 reasoning tokens',
  },
];

const path = process.env['PROVIDER_CORPUS'];
const exchanges = path === undefined ? [] : readCorpus(path);

(path === undefined ? describe.skip : describe)('recorded traffic (skipped unless PROVIDER_CORPUS names the recordings)', () => {
  let provider: ScriptedProvider;
  let transport: HttpTransport;
  let sdk: OpenAI;
  const differing = new Set<string>();

  beforeAll(async () => {
    provider = await ScriptedProvider.start();
    transport = new HttpTransport();
    sdk = new OpenAI({ apiKey: 'none', baseURL: provider.baseUrl, maxRetries: 0 });
  });
  afterAll(async () => {
    await transport.close();
    await provider.stop();
  });

  it('holds exchanges to replay', () => {
    expect(exchanges.length).toBeGreaterThan(80);
  });

  it.each(exchanges.map((exchange) => [`${exchange.file.split('/').slice(-3).join('/')} #${exchange.i}`, exchange] as const))(
    'reads %s as the official SDK does',
    async (_, exchange) => {
      provider.answer = () => answerOf(exchange);
      const oracle = await sdkReading(sdk);
      provider.answer = () => ({ ...answerOf(exchange), split: 97 });
      const settings = { id: 'test', name: 'Test AI', wire: 'openai-chat' as const, baseUrl: provider.baseUrl };
      const model = openAiChatModel(settings, 'm', transport);
      const ours = await collectAnswer<WirePart>(
        model.stream({ messages: [{ role: 'user', content: 'x' }] }, new AbortController().signal),
      );
      if (oracle instanceof OpenAI.APIError) {
        expect(ours.error).toMatchObject({ name: 'ProviderError', status: oracle.status });
        return;
      }
      if (oracle instanceof Error) throw oracle;
      const { text, reasoning, finish } = ours;
      const usage = finish?.usage && { input: finish.usage.input_tokens, output: finish.usage.output_tokens };
      const difference = DIFFERENCES.find(({ file }) => exchange.file.endsWith(file));
      if (difference !== undefined) differing.add(difference.file);
      expect(ours.error).toBeUndefined();
      expect({ text, reasoning, finish: finish?.reason, usage }).toEqual({ ...oracle, ...difference?.ours });
      if (difference !== undefined) expect(oracle).not.toMatchObject(difference.ours);
    },
  );

  it('has met every difference that is listed', () => {
    expect([...differing].sort()).toEqual(DIFFERENCES.map(({ file }) => file).sort());
  });
});

function readCorpus(file: string): Exchange[] {
  const lines = gunzipSync(readFileSync(file)).toString().trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as Exchange).filter(({ wire }) => wire === 'openai-chat');
}

function answerOf({ status, body }: Exchange) {
  return { status, headers: { 'content-type': status === 200 ? 'text/event-stream' : 'application/json' }, steps: [{ write: body }] };
}

/** The answer as the SDK's own parser gives it, put together as its documentation says. */
async function sdkReading(sdk: OpenAI): Promise<Reading | Error> {
  const reading: Reading = { text: '', reasoning: '', finish: undefined, usage: undefined };
  try {
    const stream = await sdk.chat.completions.create({ model: 'm', messages: [], stream: true });
    for await (const chunk of stream) {
      const choice = chunk.choices?.find(({ index }) => index === 0);
      if (choice !== undefined) readChoice(choice, reading);
      const usage = chunk.usage ?? (chunk as { x_groq?: { usage?: typeof chunk.usage } }).x_groq?.usage;
      if (usage) reading.usage = { input: usage.prompt_tokens, output: usage.completion_tokens };
    }
    return reading;
  } catch (error) {
    return error as Error;
  }
}

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
