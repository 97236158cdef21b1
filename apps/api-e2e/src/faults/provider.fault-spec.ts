import { type RunEvent } from '@echo/contract';
import { findFreePort, openAiChat, type ScriptedAnswer, type Viewer } from '@echo/testing';
import { gzipSync } from 'node:zlib';
import { call } from './support/http';
import { Stage } from './support/stage';

const SSE = { 'content-type': 'text/event-stream' };
const chunk = (content: string, reason: string | null = null) =>
  openAiChat.event({ choices: [{ index: 0, delta: { content }, finish_reason: reason }] });
const stop = openAiChat.event({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }) + openAiChat.done;
const text = openAiChat.text;
const raw = openAiChat.raw;
const half = ['Half ', 'an ', 'answer'];
const failed = (code: string, partial = false, more: object = {}) => ({ type: 'error', code, partial, ...more });
const done = (finish_reason = 'stop') => ({ type: 'done', finish_reason });
const hostile = '<img src=x onerror=alert(1)>';

interface Row {
  /** The fault, the promises, and what holds. */
  readonly name: string;
  readonly answers: readonly ScriptedAnswer[];
  readonly last: object;
  readonly text: string;
  /** Times that the provider is asked; 1 unless given. */
  readonly calls?: number;
  /** Times that it is said that it is tried again; calls − 1 unless given. */
  readonly retries?: number;
  /** Fewer events than this. */
  readonly events?: number;
  /** Least milliseconds from asking to the end, and most. */
  readonly takes?: readonly [number, number];
  /** Whether we hung up on the provider. */
  readonly hangsUp?: boolean;
  /** URL of a provider other than the scripted one; `closed`: where nobody listens. */
  readonly at?: string;
}

const ROWS: readonly Row[] = [
  {
    name: 'F11 R6 R9: a refused connection is tried three times and fails',
    at: 'closed',
    answers: [],
    calls: 0,
    retries: 2,
    last: failed('provider_unreachable', false, { retryable: true }),
    text: '',
  },
  {
    name: 'F11 R6 R9: a name that does not resolve fails',
    at: 'http://nowhere.invalid/v1',
    answers: [],
    calls: 0,
    retries: 2,
    last: failed('provider_unreachable'),
    text: '',
  },
  {
    name: 'F12 R9: a provider that accepts and never answers is left after its time',
    answers: [{ steps: [{ stall: true }] }],
    last: failed('provider_timeout'),
    text: '',
    takes: [1_900, 5_000],
    hangsUp: true,
  },
  {
    name: 'F12 R9: headers alone are no content',
    answers: [{ headers: SSE, steps: [{ write: '' }, { stall: true }] }],
    last: failed('provider_timeout'),
    text: '',
    takes: [1_900, 5_000],
    hangsUp: true,
  },
  {
    name: 'F13 R3 R9: silence in the middle ends it, and what came is kept',
    answers: [text(half, { then: [{ stall: true }] })],
    last: failed('provider_timeout', true),
    text: half.join(''),
    takes: [1_900, 6_000],
    hangsUp: true,
  },
  {
    name: 'F14 R3 R6: a reset in the middle is no end, and is not tried again',
    answers: [text(half, { then: [{ wait: 100 }, { reset: true }] })],
    last: failed('provider_stream_truncated', true, { retryable: true }),
    text: half.join(''),
  },
  {
    name: 'F14 R3 R6: a clean end without [DONE] is no end',
    answers: [text(half, { then: [] })],
    last: failed('provider_stream_truncated', true),
    text: half.join(''),
  },
  {
    name: 'F14 R3 R6: a cut end without [DONE] is no end',
    answers: [text(half, { then: [{ cut: true }] })],
    last: failed('provider_stream_truncated', true),
    text: half.join(''),
  },
  {
    name: 'F15 R9: comments are no progress',
    answers: [{ headers: SSE, steps: [...Array.from({ length: 40 }, () => [{ write: ': ping\n\n' }, { wait: 200 }]).flat()] }],
    last: failed('provider_timeout'),
    text: '',
    takes: [1_900, 5_000],
    hangsUp: true,
  },
  {
    name: 'F15 R9: an answer that drips has a time in all',
    answers: [
      text(
        Array.from({ length: 60 }, (_, index) => `${index} `),
        { pace: 300 },
      ),
    ],
    last: failed('provider_timeout', true),
    text: '*',
    takes: [7_500, 12_000],
    hangsUp: true,
  },
  {
    name: 'F16 R6: what may pass is asked again, before the first content only',
    answers: [openAiChat.error(503), openAiChat.error(429), text(half)],
    calls: 3,
    last: done(),
    text: half.join(''),
  },
  {
    name: 'F16 R6: a wait that the provider asks for is kept',
    answers: [openAiChat.error(429, {}, { 'retry-after': '1' }), text(half)],
    calls: 2,
    last: done(),
    text: half.join(''),
    takes: [950, 8_000],
  },
  {
    name: 'F16 R6: three tries are all',
    answers: [openAiChat.error(529)],
    calls: 3,
    last: failed('provider_overloaded', false, { retryable: true }),
    text: '',
  },
  {
    name: 'F17 R6: a refused key is not tried again, and nobody reads what the provider said',
    answers: [openAiChat.error(401, { message: `key sk-secret-1234567 ${hostile}` })],
    last: failed('provider_auth', false, { retryable: false, message: expect.not.stringMatching(/sk-secret|<img/) }),
    text: '',
  },
  {
    name: 'F18 R4: a web page instead of an answer fails',
    answers: [{ headers: { 'content-type': 'text/html' }, steps: [{ write: `<html>${hostile}</html>` }] }],
    last: failed('provider_protocol', false, { message: expect.not.stringContaining('<') }),
    text: '',
  },
  {
    name: 'F18 R3 R4: an error inside the stream fails, and what came is kept',
    answers: [raw(chunk('Half ') + openAiChat.event({ error: { message: hostile, code: 500 } }))],
    last: failed('provider_server_error', true, { message: expect.not.stringContaining('<') }),
    text: 'Half ',
  },
  {
    name: 'F19 R3: CR, CRLF, BOM, unknown fields and no space after the colon are read as the standard says',
    answers: [
      raw(
        `\uFEFF: hi\r\nevent: message\rid: a\0b\nretry: x\nfoo: bar\ndata:${chunk('One ').slice(6).trim()}\r\n\r\n` +
          chunk('two').replaceAll('\n', '\r') +
          stop,
      ),
    ],
    last: done(),
    text: 'One two',
  },
  {
    name: 'F19 R3: an event in a hundred data lines is one event',
    answers: [
      raw(
        `${JSON.stringify(
          {
            choices: [{ index: 0, delta: { content: 'joined' }, finish_reason: null }],
            pad: Array.from({ length: 98 }, (_, index) => index),
          },
          null,
          0,
        )
          .replaceAll(',', ',\n')
          .split('\n')
          .map((line) => `data: ${line}`)
          .join('\n')}\n\n${stop}`,
      ),
    ],
    last: done(),
    text: 'joined',
  },
  {
    name: 'F20 R3: chunks without choices, with null deltas, usage alone and tool calls are passed over',
    answers: [
      raw(
        [
          { choices: [] },
          { object: 'x' },
          { choices: [{ index: 0, delta: null }] },
          { choices: [{ index: 0, delta: { content: null, tool_calls: [{}] } }] },
          { choices: [{ index: 0, delta: { content: 'Well.' } }] },
          { choices: [], usage: { prompt_tokens: 1, completion_tokens: 2 } },
        ]
          .map(openAiChat.event)
          .join('') + stop,
      ),
    ],
    last: done(),
    text: 'Well.',
  },
  {
    name: 'F20 R3 R4: an event that is no JSON fails as protocol',
    answers: [raw(`${chunk('Half ')}data: {"oops"\n\n${stop}`)],
    last: failed('provider_protocol', true),
    text: 'Half ',
  },
  {
    name: 'F21 R3: text that is split at every byte is exact',
    answers: [text(['ä€', '👩‍🚀', 'नमस्ते'], { split: 'bytes' })],
    last: done(),
    text: 'ä€👩‍🚀नमस्ते',
  },
  {
    name: 'F21 R3: halves of surrogates, U+0000 and bad UTF-8 become U+FFFD',
    answers: [
      raw(
        Buffer.concat([
          Buffer.from('data: {"choices":[{"index":0,"delta":{"content":"a\\ud83d'),
          Buffer.from('b\\u0000c'),
          Buffer.from([0xff]),
          Buffer.from(`"}}]}\n\n${stop}`),
        ]),
      ),
    ],
    last: done(),
    text: 'a\uFFFDb\uFFFDc\uFFFD',
  },
  {
    name: 'F21 R3: halves of a surrogate pair in two chunks are one character',
    answers: [
      raw(
        `data: {"choices":[{"index":0,"delta":{"content":"\\ud83d"}}]}\n\ndata: {"choices":[{"index":0,"delta":{"content":"\\ude00"}}]}\n\n${stop}`,
      ),
    ],
    last: done(),
    text: '😀',
  },
  {
    name: 'F22 R8: a line without end is cut at a mebibyte',
    answers: [
      {
        headers: SSE,
        steps: [{ write: chunk('Half ') }, { write: `data: "${'x'.repeat(65_536)}` }, { write: 'x'.repeat(65_536), times: 800 }],
      },
    ],
    last: failed('provider_protocol', true),
    text: 'Half ',
    hangsUp: true,
  },
  {
    name: 'F23 R8 R9: an answer without end is cut at its limit',
    answers: [{ headers: SSE, steps: [{ write: chunk('y'.repeat(1_000)), times: Infinity }] }],
    last: done('length'),
    text: '*200000',
    hangsUp: true,
  },
  {
    name: 'F24 R4: a compressed answer, which nobody asked for, fails cleanly',
    answers: [{ headers: { ...SSE, 'content-encoding': 'gzip' }, steps: [{ write: gzipSync(chunk('Small.') + stop) }] }],
    last: failed('provider_protocol'),
    text: '',
  },
  {
    name: 'F43 R4: events named error, done and start, and figures that lie, are inert',
    answers: [
      raw(
        `event: done\ndata: {"type":"done"}\n\nevent: start\nid: 99\ndata: {"type":"start"}\n\n${chunk(hostile)}${openAiChat.event({ choices: [{ index: 0, delta: {}, finish_reason: 'x'.repeat(10_000) }], usage: { prompt_tokens: -1, completion_tokens: 'NaN' } })}${openAiChat.done}`,
      ),
    ],
    last: done(),
    text: hostile,
  },
  {
    name: 'F43 R8: a hundred thousand tiny chunks become few events',
    answers: [{ headers: SSE, steps: [{ write: chunk('z').repeat(100), times: 1_000 }, { write: stop }] }],
    last: done(),
    text: '*100000',
    events: 2_000,
  },
  {
    name: 'R7: a provider that refuses to stream is asked once without',
    answers: [openAiChat.error(400, { message: 'stream is not supported', param: 'stream' }), openAiChat.whole('Whole.')],
    calls: 2,
    last: done(),
    text: 'Whole.',
  },
  {
    name: 'R7: after the first content nothing is asked again',
    answers: [text(['Half '], { then: [{ wait: 50 }, { reset: true }] }), text(['Twice.'])],
    calls: 1,
    last: failed('provider_stream_truncated', true),
    text: 'Half ',
  },
];

interface Outcome {
  readonly viewer: Viewer;
  readonly ms: number;
}

describe('a provider that fails', () => {
  let stage: Stage;
  let url: string;
  const outcomes = new Map<string, Outcome>();

  // All at once: each takes its time, and none may be in another's way.
  beforeAll(async () => {
    const limits = { ECHO_FIRST_CONTENT_TIMEOUT: '2', ECHO_IDLE_TIMEOUT: '2', ECHO_TOTAL_TIMEOUT: '8', ECHO_MAX_OUTPUT_CHARS: '200000' };
    stage = await Stage.open({ env: limits });
    const nobody = `http://127.0.0.1:${await findFreePort()}/v1`;
    // Each row its own provider: five failures in a row and all that ask the same one are told that it is overloaded.
    const providers = ROWS.map(({ at = stage.provider.baseUrl }, index) => ({
      id: `row-${index}`,
      wire: 'openai-chat',
      base_url: at === 'closed' ? nobody : at,
      models: ['one'],
    }));
    const app = await stage.replica({ ECHO_PROVIDERS: JSON.stringify(providers) });
    url = app.url;
    await Promise.all(
      ROWS.map(async ({ name, answers }, index) => {
        stage.script(name, ...answers);
        const asked = performance.now();
        const viewer = await stage.ask(app, name, { body: { provider: `row-${index}`, model: 'one' } }).ended;
        outcomes.set(name, { viewer, ms: performance.now() - asked });
      }),
    );
  }, 60_000);
  afterAll(() => stage.close());

  it.each(ROWS.map((row) => [row.name, row] as const))('%s', async (name, row) => {
    const outcome = outcomes.get(name);
    if (!outcome) throw new Error('It did not end.');
    const { viewer, ms } = outcome;
    expect(viewer.last).toMatchObject(row.last);
    expectText(viewer.text, row.text);
    const asked = stage.asked(name);
    expect(asked).toHaveLength(row.calls ?? 1);
    const retries = viewer.events.filter((event: RunEvent) => event.type === 'status' && event.status === 'retrying');
    if (row.name.includes('R6')) expect(retries).toHaveLength(row.retries ?? Math.max(0, (row.calls ?? 1) - 1));
    if (row.events !== undefined) expect(viewer.events.length).toBeLessThan(row.events);
    if (row.takes) expect([ms >= row.takes[0], ms <= row.takes[1]]).toEqual([true, true]);
    if (row.hangsUp) {
      await asked[0]?.closed;
      expect(asked[0]?.leftEarly).toBe(true);
    }
  });

  it('F11–F24 R1 R2 R4 R12: whatever the provider did, the three histories agree, and the process lives', async () => {
    // What was split, compressed or broken is compared row by row above.
    const broken = (await stage.check({ maxCalls: 3 })).filter((what) => !/: R3: (what is stored|a completed)/.test(what));
    expect(broken).toEqual([]);
    expect((await call(`${url}/api/health/live`)).status).toBe(200);
    expect(stage.replicas[0]?.output).not.toMatch(/sk-secret/);
  });
});

/** `*`: any but none; `*n`: so many characters. */
function expectText(actual: string, expected: string): void {
  if (expected === '*') expect(actual).not.toBe('');
  else if (/^\*\d+$/.test(expected)) expect(actual).toHaveLength(Number(expected.slice(1)));
  else expect(actual).toBe(expected);
}
