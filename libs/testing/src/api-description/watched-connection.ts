import { type Socket } from 'node:net';
import { type Exchange } from './exchange';
import { readMessage } from './http-message';

const REQUEST_LINE = /^([A-Z]+) (\/\S*) HTTP\/1\.[01]$/;

/** Keeps what passes over a client's socket, and changes nothing of it. */
export class WatchedConnection {
  private sent: Buffer[] = [];
  private received: Buffer[] = [];
  private hasEnded = false;
  /** Unknown before the first byte was sent. */
  private isHttp: boolean | undefined;

  constructor(private readonly socket: Socket) {
    const { push, _write, _writev } = socket;
    socket.push = (chunk: unknown, ...rest) => {
      if (chunk === null) this.hasEnded = true;
      else if (this.isHttp) this.received.push(chunk as Buffer);
      return push.call(socket, chunk, ...rest);
    };
    socket._write = (chunk: Buffer | string, encoding, done) => {
      this.send(chunk, encoding);
      _write.call(socket, chunk, encoding, done);
    };
    socket._writev = (chunks: { chunk: Buffer | string; encoding: BufferEncoding }[], done) => {
      for (const { chunk, encoding } of chunks) this.send(chunk, encoding);
      _writev?.call(socket, chunks, done);
    };
  }

  /** Whether nothing will come any more. */
  get isOver(): boolean {
    return this.hasEnded || this.socket.destroyed || this.isHttp === false;
  }

  /** The exchanges since the last time, and the one that is under way, which is given again. */
  take(): Exchange[] {
    const exchanges: Exchange[] = [];
    let sent = Buffer.concat(this.sent);
    let received = Buffer.concat(this.received);
    for (;;) {
      const request = readMessage(sent, 'none');
      const [, method = '', path = ''] = REQUEST_LINE.exec(request?.startLine ?? sent.toString('latin1').split('\r\n')[0] ?? '') ?? [];
      const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(received.toString('latin1', 0, 'HTTP/1.1 200'.length))?.[1]);
      // `100 Continue`: the answer is still to come.
      const isInterim = status < 200;
      const isBodyless = isInterim || method === 'HEAD' || status === 204 || status === 304;
      const answer = readMessage(received, this.hasEnded ? 'ended' : 'until the end', isBodyless);
      if (!answer) break;
      const { headers, body, isWhole, size } = answer;
      // An answer may come before the request is whole: the next one begins after both.
      const isDone = isWhole && (isInterim || request?.isWhole === true);
      if (!isInterim)
        exchanges.push({ method, path, status, contentType: headers.get('content-type') ?? '', body: body.toString(), isWhole });
      if (!isDone) break;
      received = received.subarray(size);
      if (!isInterim) sent = sent.subarray(request?.size ?? 0);
    }
    this.sent = [sent];
    this.received = [received];
    return exchanges;
  }

  private send(chunk: Buffer | string, encoding: BufferEncoding): void {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk;
    // The first byte of what is no HTTP, as PostgreSQL's or TLS's, is no letter.
    this.isHttp ??= /^[A-Z]/.test(bytes.toString('latin1', 0, 1));
    if (this.isHttp) this.sent.push(bytes);
  }
}
