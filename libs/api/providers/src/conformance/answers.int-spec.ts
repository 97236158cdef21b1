import { EACH_WIRE, WireStage } from './wire-stage';

const TEXT = 'äß€😀👩🏽‍🚀日本\u0301';

describe.each(EACH_WIRE)('%s', (wire, speaker) => {
  const { words } = speaker;
  let stage: WireStage;

  beforeAll(async () => (stage = await WireStage.start()));
  afterEach(() => stage.provider.reset());
  afterAll(() => stage.stop());

  it('yields text, reasoning, usage, the finish reason and the model', async () => {
    const { error, text, reasoning, finish, parts } = await stage.ask(
      wire,
      speaker.text(['Hel', 'lo'], { reasoning: ['hm', 'm'], usage: { input: 9, output: 5 }, finish: 'length' }),
    );
    expect([error, text, reasoning]).toEqual([undefined, 'Hello', 'hmm']);
    expect(finish).toMatchObject({ type: 'finish', reason: 'length', usage: { input_tokens: 9, output_tokens: 5 }, model: 'scripted' });
    expect(parts.filter(({ type }) => type === 'finish')).toHaveLength(1);
  });

  it('reads the same whatever the reads are', async () => {
    for (const split of ['bytes', 2, 3, 7, 64, 1000] as const) {
      const { text, reasoning, finish } = await stage.ask(
        wire,
        speaker.text([TEXT, TEXT], { reasoning: [TEXT], usage: { input: 1, output: 2 }, split }),
      );
      expect([split, text, reasoning, finish?.reason, finish?.usage?.output_tokens]).toEqual([split, TEXT + TEXT, TEXT, 'stop', 2]);
    }
  });

  it('reads text that is cut at any of its bytes', async () => {
    const bytes = Buffer.from(words.begin + words.piece(TEXT) + words.end());
    const first = bytes.indexOf('ä');
    for (let at = first - 2; at <= first + Buffer.byteLength(TEXT) + 2; at++) {
      const steps = [{ write: bytes.subarray(0, at) }, { wait: 0 }, { write: bytes.subarray(at) }];
      const { text, finish } = await stage.ask(wire, { headers: { 'content-type': words.contentType }, steps });
      expect([at, text, finish?.reason]).toEqual([at, TEXT, 'stop']);
    }
  });

  it('gives no figures where the provider gave none', async () => {
    expect((await stage.ask(wire, speaker.text(['a']))).finish).toEqual({ type: 'finish', reason: 'stop', model: 'scripted' });
  });

  it('says what the content filter ended', async () => {
    // Ollama has none.
    const reason = wire === 'ollama' ? 'stop' : 'content_filter';
    expect(await stage.ask(wire, speaker.text(['a'], { finish: 'filter' }))).toMatchObject({ text: 'a', finish: { reason } });
  });

  it('takes length for stop when the tokens it allowed were used up', async () => {
    const { finish } = await stage.ask(wire, speaker.text(['a'], { usage: { input: 1, output: 5 } }), { maxOutputTokens: 5 });
    // Anthropic says so itself.
    expect(finish?.reason).toBe(wire === 'anthropic' ? 'stop' : 'length');
  });

  const { begin, piece } = words;
  const end = words.end();
  it.each([
    ['no line end at the end', (begin + piece('a') + end).trimEnd(), 'a'],
    ['CRLF', (begin + piece('a') + end).replaceAll(/\r?\n/g, '\r\n'), 'a'],
    ['a byte order mark', '\uFEFF' + begin + piece('a') + end, 'a'],
    ['signs of life', begin + words.ping + piece('a') + words.ping + piece('b') + end, 'ab'],
    ['U+0000 and half surrogates', begin + piece('a\0b\ud800c') + piece('\ude00') + end, 'a\ufffdb\ufffdc\ufffd'],
    ['a pair that is split between pieces', begin + piece('\ud83d') + piece('\ude00') + end, '😀'],
    ['half a pair at the end', begin + piece('a\ud83d') + end, 'a\ufffd'],
    ['pieces without text', begin + piece('') + piece('a') + piece('') + end, 'a'],
    ['an answer without text', begin + end, ''],
    ['invalid UTF-8', Buffer.concat([Buffer.from(begin), withBadBytes(piece('a?b')), Buffer.from(end)]), 'a\ufffd\ufffdb'],
  ])('takes %s', async (_, body, text) => {
    const outcome = await stage.ask(wire, speaker.raw(body));
    expect([outcome.error, outcome.text, outcome.finish?.reason]).toEqual([undefined, text, 'stop']);
  });

  it('shows signs of life before the first word', async () => {
    if (words.ping.startsWith(':')) return; // Comments keep a proxy awake; they say nothing of the model.
    const { parts } = await stage.ask(wire, speaker.raw(begin + words.ping + piece('a') + end));
    expect(
      parts
        .slice(
          0,
          parts.findIndex(({ type }) => type === 'text'),
        )
        .map(({ type }) => type),
    ).toContain('activity');
  });

  it('takes an answer that came whole though a stream was asked for', async () => {
    const { text, finish } = await stage.ask(wire, speaker.whole('Hello', { usage: { input: 3, output: 1 } }));
    expect([text, finish?.reason, finish?.usage]).toEqual(['Hello', 'stop', { input_tokens: 3, output_tokens: 1 }]);
  });

  it('asks once more without streaming after a refusal that is about streaming', async () => {
    stage.provider.enqueue(speaker.error(400, { message: 'Your organization must be verified to stream this model.', param: 'stream' }));
    const { text, parts } = await stage.ask(wire, speaker.whole('Hello'));
    expect([text, parts[0]]).toEqual(['Hello', { type: 'unstreamed' }]);
    const streamed = stage.provider.requests.map(({ path, json }) => (wire === 'gemini' ? path.includes('stream') : json.stream));
    expect(streamed).toEqual([true, false]);
  });

  it('gives up when the second try is refused as well', async () => {
    stage.provider.enqueue(speaker.error(400, { message: 'stream is not supported' }));
    expect((await stage.ask(wire, speaker.error(400, { message: 'stream is not supported' }))).error?.kind).toBe('bad_request');
    expect(stage.provider.requests).toHaveLength(2);
  });

  it('uses one connection for answers that follow each other', async () => {
    const before = stage.provider.connections;
    for (const text of ['a', 'b', 'c']) await stage.ask(wire, speaker.text([text]));
    expect(stage.provider.connections - before).toBeLessThanOrEqual(1);
  });
});

function withBadBytes(written: string): Buffer {
  const [before = '', after = ''] = written.split('?');
  return Buffer.concat([Buffer.from(before), Buffer.from([0xff, 0xc3]), Buffer.from(after)]);
}
