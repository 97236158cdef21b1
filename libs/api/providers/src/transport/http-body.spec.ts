import { Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { HttpBody } from './http-body';

function bodyOf(signal = new AbortController().signal) {
  const source = new Readable({ read: () => undefined });
  return { source, body: new HttpBody(source, 'Lab', signal) };
}

describe('the body of an answer', () => {
  it('gives all that came since it was read last, and then that the connection broke', async () => {
    const { source, body } = bodyOf();
    source.push('what was ');
    source.push('said');
    await turn();
    source.destroy(new Error('reset'));
    await turn();
    expect(await body.next()).toBe('what was said');
    await expect(body.next()).rejects.toMatchObject({ kind: 'truncated' });
  });

  it('gives nothing more after an abort', async () => {
    const abort = new AbortController();
    const { source, body } = bodyOf(abort.signal);
    source.push('unread');
    await turn();
    abort.abort();
    await expect(body.next()).rejects.toMatchObject({ kind: 'aborted' });
  });

  it('lets the sender wait while 64 KiB are unread', async () => {
    const { source, body } = bodyOf();
    const piece = 'x'.repeat(16 * 1024);
    for (let each = 0; each < 4; each++) source.push(piece);
    await turn();
    expect(source.isPaused()).toBe(true);
    source.push('the rest');
    source.push(null);
    await turn();
    expect(source.readableLength).toBe(8);
    expect(await body.next()).toBe(piece.repeat(4));
    expect([await body.next(), await body.next()]).toEqual(['the rest', undefined]);
  });

  it('puts a character together that came in two pieces', async () => {
    const { source, body } = bodyOf();
    const [first, ...rest] = Buffer.from('é');
    source.push(Buffer.of(first as number));
    await turn();
    const read = body.next();
    source.push(Buffer.from(rest));
    source.push(null);
    expect(((await read) ?? '') + ((await body.next()) ?? '')).toBe('é');
  });
});
