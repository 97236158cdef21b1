import { readMessage } from './http-message';

const HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n';
const read = (text: string, withoutLength: 'none' | 'until the end' | 'ended' = 'until the end', isBodyless = false) => {
  const message = readMessage(Buffer.from(text, 'latin1'), withoutLength, isBodyless);
  return message && [message.body.toString(), message.isWhole, message.size - text.length];
};

describe('a message of HTTP', () => {
  it('has a start line and headers', () => {
    const message = readMessage(Buffer.from(`${HEAD}X-Time: 12:30\r\n\r\n`), 'none');
    expect(message?.startLine).toBe('HTTP/1.1 200 OK');
    expect([...(message?.headers ?? [])]).toEqual([
      ['content-type', 'text/plain'],
      ['x-time', '12:30'],
    ]);
  });

  it.each([
    ['by its length', `${HEAD}Content-Length: 4\r\n\r\nbodynext`, ['body', true, -4]],
    ['by its length, cut', `${HEAD}Content-Length: 9\r\n\r\nbody`, ['body', false, 0]],
    ['by chunks', `${HEAD}Transfer-Encoding: chunked\r\n\r\n3\r\nbod\r\nA\r\ny 12345678\r\n0\r\n\r\nnext`, ['body 12345678', true, -4]],
    ['by chunks, cut in a chunk', `${HEAD}Transfer-Encoding: chunked\r\n\r\n3\r\nbod\r\n5\r\ny`, ['body', false, 0]],
    ['by chunks, cut in a length', `${HEAD}Transfer-Encoding: chunked\r\n\r\n3\r\nbod\r\n5`, ['bod', false, 0]],
    ['by chunks, cut before the last', `${HEAD}Transfer-Encoding: chunked\r\n\r\n3\r\nbod\r\n`, ['bod', false, 0]],
    ['by chunks that are none', `${HEAD}Transfer-Encoding: chunked\r\n\r\nnone\r\n`, ['', false, 0]],
  ])('has a body that ends %s', (_, text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it('has a body that ends with the connection, or none, where nothing else is said', () => {
    expect(read(`${HEAD}\r\nbody`)).toEqual(['body', false, 0]);
    expect(read(`${HEAD}\r\nbody`, 'ended')).toEqual(['body', true, 0]);
    expect(read(`${HEAD}\r\nnext`, 'none')).toEqual(['', true, -4]);
    expect(read(`${HEAD}Content-Length: 4\r\n\r\nnext`, 'ended', true)).toEqual(['', true, -4]);
  });

  it('is none while its head is not whole', () => {
    expect(read(HEAD)).toBeUndefined();
  });
});
