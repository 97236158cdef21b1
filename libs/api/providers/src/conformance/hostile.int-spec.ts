import { type AddressInfo, createServer, type Server } from 'node:net';
import { EACH_WIRE, WireStage } from './wire-stage';

const PIECES = 20_000;
const BOMB = 'x'.repeat(500_000);

describe.each(EACH_WIRE)('%s, against a hostile or an odd server,', (wire, speaker) => {
  const { words } = speaker;
  const { begin, piece, contentType } = words;
  const end = words.end();
  const isEvents = !contentType.includes('ndjson');
  let stage: WireStage;

  beforeAll(async () => (stage = await WireStage.start()));
  afterEach(() => stage.provider.reset());
  afterAll(() => stage.stop());

  /** `end` with each text in it that ends with a reason replaced. */
  const ended = (reason: unknown) =>
    end.replaceAll(/"(finish_reason|stop_reason|finishReason|done_reason|status)":"[^"]*"/g, `"$1":${JSON.stringify(reason)}`);

  it.each([
    ['a number', 7],
    ['an object', { toString: 'no' }],
    ['a list', ['stop']],
    ['half a megabyte', BOMB],
    ['markup', '<script>alert(1)</script>'],
  ])('does not stumble over a reason for the end that is %s', async (_, reason) => {
    const { error, text, finish } = await stage.ask(wire, speaker.raw(begin + piece('a') + ended(reason)));
    expect(text).toBe('a');
    // Whatever it is taken for, it is one of our own words, or the sign of the end is missing.
    if (error === undefined) expect(['stop', 'length', 'content_filter']).toContain(finish?.reason);
    else expect(error.kind).toMatch(/^(truncated|server)$/);
    expect(JSON.stringify([finish, error])).not.toMatch(/x{100}|<script/);
  });

  it('takes names of our own events, and fields that lead to prototypes, for nothing', async () => {
    const names = isEvents ? ['start', 'done', 'accepted', 'content'].map((name) => `event: ${name}\nid: \0\nretry: 0\n\n`).join('') : '';
    const odd = '{"__proto__":{"isAdmin":true},"constructor":{"prototype":{"isAdmin":true}},"type":"done","chunk":"no"}';
    const line = isEvents ? `data:${odd}\n\n` : `${odd.replace('{', '{"done":false,')}\n`;
    const { error, text } = await stage.ask(wire, speaker.raw(begin + names + line + piece('a') + end));
    expect([error?.kind, text]).toEqual([undefined, 'a']);
    expect(({} as Record<string, unknown>)['isAdmin']).toBeUndefined();
  });

  it('reads nesting that nobody can mean', async () => {
    const deep = '['.repeat(50_000) + ']'.repeat(50_000);
    const line = isEvents ? `data: {"deep":${deep}}\n\n` : `{"done":false,"deep":${deep}}\n`;
    const { error, text } = await stage.ask(wire, speaker.raw(begin + line + piece('a') + end));
    expect([error?.kind, text]).toEqual([undefined, 'a']);
  });

  it('keeps every one of very many small pieces', async () => {
    const { error, text } = await stage.ask(wire, speaker.raw(begin + piece('ab').repeat(PIECES) + end));
    expect([error, text.length]).toEqual([undefined, 2 * PIECES]);
  });

  it('cuts the name of the model to what can be shown', async () => {
    const { finish } = await stage.ask(wire, speaker.raw((begin + piece('a') + end).replaceAll('scripted', BOMB)));
    expect(finish?.model?.length ?? 0).toBeLessThanOrEqual(200);
  });

  if (isEvents) {
    it.each<[string, (text: string) => string]>([
      ['lines that end with CR', (text) => text.replaceAll('\n', '\r')],
      ['no space after the colon', (text) => text.replaceAll('data: ', 'data:')],
      ['fields that nobody knows', (text) => text.replaceAll('data: ', 'id: 7\nretry: 1\nnonsense\nx-y: z\ndata: ')],
      ['an object on many lines', (text) => text.replaceAll(/data: \{(?=")/g, 'data: {\ndata: \ndata: ')],
    ])('takes events with %s', async (_, change) => {
      const { error, text, finish } = await stage.ask(wire, speaker.raw(change(begin + piece('a') + piece('b') + end)));
      expect([error, text, finish?.reason]).toEqual([undefined, 'ab', 'stop']);
    });
  }

  it.each([
    [
      'HTTP/1.0, whose end is the end of the connection',
      (body: string) => `HTTP/1.0 200 OK\r\ncontent-type: ${contentType}\r\n\r\n${body}`,
    ],
    [
      'chunks with trailers',
      (body: string) =>
        `HTTP/1.1 200 OK\r\ncontent-type: ${contentType}\r\ntransfer-encoding: chunked\r\n\r\n${Buffer.byteLength(body).toString(16)};x=y\r\n${body}\r\n0\r\nx-trailer: 1\r\n\r\n`,
    ],
  ])('takes %s', async (_, answer) => {
    const { server, origin } = await listen(answer(begin + piece('a') + end));
    const { error, text, finish } = await stage.outcome(stage.model(wire, { baseUrl: speaker.baseUrl(origin) }));
    expect([error, text, finish?.reason]).toEqual([undefined, 'a', 'stop']);
    server.close();
  });
});

/** A server that sends these bytes to whoever asks, and hangs up. */
async function listen(bytes: string): Promise<{ readonly server: Server; readonly origin: string }> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end(bytes));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
