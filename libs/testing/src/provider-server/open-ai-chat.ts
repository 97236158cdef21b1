import { type ScriptedAnswer, type ScriptStep } from './scripted-answer';

export interface OpenAiTextOptions {
  readonly model?: string;
  /** `stop` unless given; null: none, only `[DONE]`. */
  readonly finish?: string | null;
  /** Tokens; absent: no usage chunk. */
  readonly usage?: { readonly prompt_tokens: number; readonly completion_tokens: number };
  readonly reasoning?: readonly string[];
  /** Milliseconds before each piece. */
  readonly pace?: number;
  /** What happens instead of the end: a stall, a cut, a hold. */
  readonly then?: readonly ScriptStep[];
  readonly split?: ScriptedAnswer['split'];
}

const SSE = { 'content-type': 'text/event-stream; charset=utf-8' };
const JSON_TYPE = { 'content-type': 'application/json' };

/** Builds answers of an OpenAI-like chat server. */
export const openAiChat = {
  /** A streamed answer of these pieces. */
  text(pieces: readonly string[], options: OpenAiTextOptions = {}): ScriptedAnswer {
    const { model = 'scripted', finish = 'stop', usage, reasoning = [], pace, then, split } = options;
    const chunk = (delta: object, reason: string | null = null) => ({
      write: openAiChat.event({ object: 'chat.completion.chunk', model, choices: [{ index: 0, delta, finish_reason: reason }] }),
    });
    const paced = (step: ScriptStep): ScriptStep[] => (pace === undefined ? [step] : [{ wait: pace }, step]);
    const end: ScriptStep[] = [
      ...(finish === null ? [] : [chunk({}, finish)]),
      ...(usage === undefined
        ? []
        : [
            {
              write: openAiChat.event({
                model,
                choices: [],
                usage: { ...usage, total_tokens: usage.prompt_tokens + usage.completion_tokens },
              }),
            },
          ]),
      { write: openAiChat.done },
    ];
    return {
      headers: SSE,
      split,
      steps: [
        chunk({ role: 'assistant', content: '' }),
        ...reasoning.flatMap((piece) => paced(chunk({ reasoning_content: piece }))),
        ...pieces.flatMap((piece) => paced(chunk({ content: piece }))),
        ...(then ?? end),
      ],
    };
  },

  /** An answer that is not streamed. */
  whole(content: string, { model = 'scripted', finish = 'stop', usage }: OpenAiTextOptions = {}): ScriptedAnswer {
    const choices = [{ index: 0, message: { role: 'assistant', content }, finish_reason: finish }];
    return json({ object: 'chat.completion', model, choices, usage });
  },

  /** A refusal. */
  error(
    status: number,
    error: { message?: string; type?: string; code?: string | number; param?: string } = {},
    headers = {},
  ): ScriptedAnswer {
    return { ...json({ error: { message: 'Scripted failure', ...error } }), status, headers: { ...JSON_TYPE, ...headers } };
  },

  /** The answer to `GET /v1/models`. */
  models(...ids: string[]): ScriptedAnswer {
    return json({ object: 'list', data: ids.map((id) => ({ id, object: 'model' })) });
  },

  /** A stream of exactly these bytes. */
  raw(body: string | Uint8Array, split?: ScriptedAnswer['split']): ScriptedAnswer {
    return { headers: SSE, split, steps: [{ write: body }] };
  },

  /** One event. */
  event(value: unknown): string {
    return `data: ${JSON.stringify(value)}\n\n`;
  },

  done: 'data: [DONE]\n\n',
} as const;

function json(body: unknown): ScriptedAnswer {
  return { headers: JSON_TYPE, steps: [{ write: JSON.stringify(body) }] };
}
