/** One message of PostgreSQL's protocol, whole. */
export interface PostgresMessage {
  /** `Q` query, `P` parse, `B` bind, `C` command complete, `Z` ready for the next, `A` notice to a listener …; empty: the client's first one. */
  readonly type: string;
  /** Without type and length. */
  readonly body: Buffer;
  /** As it goes over the line. */
  readonly bytes: Buffer;
}

/** Cuts a stream of bytes into messages; what is not whole yet waits. */
export class PostgresMessageReader {
  private rest = Buffer.alloc(0);

  /** `isClient`: the first message has no type. */
  constructor(private isFirst: boolean) {}

  push(bytes: Buffer): PostgresMessage[] {
    this.rest = Buffer.concat([this.rest, bytes]);
    const messages: PostgresMessage[] = [];
    for (;;) {
      const head = this.isFirst ? 0 : 1;
      if (this.rest.length < head + 4) return messages;
      const end = head + this.rest.readInt32BE(head);
      if (this.rest.length < end) return messages;
      const whole = this.rest.subarray(0, end);
      messages.push({ type: whole.toString('latin1', 0, head), body: whole.subarray(head + 4), bytes: whole });
      this.rest = this.rest.subarray(end);
      this.isFirst = false;
    }
  }
}

/** The SQL that a client's message runs; undefined when it runs none. `prepared` remembers statements by name. */
export function sqlOf({ type, body }: PostgresMessage, prepared: Map<string, string>): string | undefined {
  switch (type) {
    case 'Q':
      return textAt(body, 0);
    case 'P': {
      const name = textAt(body, 0);
      prepared.set(name, textAt(body, Buffer.byteLength(name) + 1));
      return undefined;
    }
    case 'B':
      // The portal's name, then the statement's.
      return prepared.get(textAt(body, body.indexOf(0) + 1));
    default:
      return undefined;
  }
}

function textAt(body: Buffer, start: number): string {
  return body.toString('utf8', start, body.indexOf(0, start));
}
