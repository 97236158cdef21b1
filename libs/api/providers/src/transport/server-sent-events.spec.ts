import { Readable } from 'node:stream';
import { HttpBody } from './http-body';
import { MAX_EVENT_LENGTH, type ServerSentEvent, ServerSentEvents } from './server-sent-events';

const never = new AbortController().signal;

async function read(...chunks: (string | Uint8Array)[]): Promise<ServerSentEvent[]> {
  const body = new HttpBody(Readable.from(chunks.map((chunk) => Buffer.from(chunk)).filter(({ length }) => length > 0)), 'Test AI', never);
  const events: ServerSentEvent[] = [];
  const stream = new ServerSentEvents(body, 'Test AI');
  for (let batch = await stream.next(); batch !== undefined; batch = await stream.next()) events.push(...batch);
  return events;
}

describe('server-sent events', () => {
  const stream = Buffer.from(
    '\uFEFF: hi\r\n\r\ndata: {"é":"😀"}\n\nevent: x\rdata:two\rdata: lines\r\rerror: {"code":500}\n\nfoo: bar\ndata: last',
  );
  const expected = [
    { data: '{"é":"😀"}' },
    { event: 'x', data: 'two\nlines' },
    { event: 'error', data: '{"code":500}' },
    { data: 'last', cut: true },
  ];

  it('reads the same events from one read and from single bytes', async () => {
    expect(await read(stream)).toEqual(expected);
    expect(await read(...Array.from(stream, (byte) => Uint8Array.of(byte)))).toEqual(expected);
  });

  it('reads the same events from any two reads', async () => {
    for (let at = 1; at < stream.length; at++)
      expect([at, await read(stream.subarray(0, at), stream.subarray(at))]).toEqual([at, expected]);
  });

  it('joins a hundred data lines', async () => {
    const [event] = await read('data: x\n'.repeat(100) + '\n');
    expect(event?.data.split('\n')).toHaveLength(100);
  });

  it('takes an event of exactly the limit and refuses a longer one, in one read and in many', async () => {
    const line = (length: number) => `data: ${'x'.repeat(length)}\n\n`;
    const fits = MAX_EVENT_LENGTH - 'data: '.length;
    expect((await read(line(fits)))[0]?.data).toHaveLength(fits);
    await expect(read(line(MAX_EVENT_LENGTH + 1))).rejects.toMatchObject({ kind: 'protocol' });
    const chunks = line(MAX_EVENT_LENGTH + 1).match(/[^]{1,65536}/g) ?? [];
    await expect(read(...chunks)).rejects.toMatchObject({ kind: 'protocol' });
  });

  it('reads a million tiny events', async () => {
    const chunk = 'data: 1\n\n'.repeat(10_000);
    expect(await read(...Array.from({ length: 100 }, () => chunk))).toHaveLength(1_000_000);
  });
});
