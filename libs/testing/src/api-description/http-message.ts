const BLANK_LINE = '\r\n\r\n';

/** A request or an answer of HTTP/1.1, as far as it came. */
export interface HttpMessage {
  readonly startLine: string;
  /** By their names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
  readonly isWhole: boolean;
  /** Bytes it takes up. */
  readonly size: number;
}

/** How the body ends of a message whose headers give it no length: there is none, or it lasts until the connection ends. */
export type WithoutLength = 'none' | 'until the end' | 'ended';

/** The message that `bytes` begins with; undefined while its head is not whole. */
export function readMessage(bytes: Buffer, withoutLength: WithoutLength, isBodyless = false): HttpMessage | undefined {
  const end = bytes.indexOf(BLANK_LINE);
  if (end === -1) return undefined;
  const [startLine = '', ...lines] = bytes.toString('latin1', 0, end).split('\r\n');
  const headers = new Map(lines.map(nameAndValue));
  const start = end + BLANK_LINE.length;
  const rest = bytes.subarray(start);
  const { body, isWhole, size } = isBodyless ? sized(rest, 0) : readBody(rest, headers, withoutLength);
  return { startLine, headers, body, isWhole, size: start + size };
}

function nameAndValue(line: string): [string, string] {
  const colon = line.indexOf(':');
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
}

type Body = Pick<HttpMessage, 'body' | 'isWhole' | 'size'>;

function readBody(bytes: Buffer, headers: ReadonlyMap<string, string>, withoutLength: WithoutLength): Body {
  if (headers.get('transfer-encoding') === 'chunked') return chunked(bytes);
  const length = headers.get('content-length');
  if (length !== undefined) return sized(bytes, Number(length));
  return withoutLength === 'none' ? sized(bytes, 0) : { body: bytes, isWhole: withoutLength === 'ended', size: bytes.length };
}

function sized(bytes: Buffer, length: number): Body {
  const body = bytes.subarray(0, length);
  return { body, isWhole: body.length === length, size: body.length };
}

function chunked(bytes: Buffer): Body {
  const chunks: Buffer[] = [];
  for (let at = 0; ;) {
    const line = bytes.indexOf('\r\n', at);
    const end = line === -1 ? NaN : line + 2 + parseInt(bytes.toString('latin1', at, line), 16);
    if (line !== -1) chunks.push(bytes.subarray(line + 2, end));
    at = end + 2;
    if (!(at <= bytes.length)) return { body: Buffer.concat(chunks), isWhole: false, size: bytes.length };
    if (end === line + 2) return { body: Buffer.concat(chunks), isWhole: true, size: at };
  }
}
