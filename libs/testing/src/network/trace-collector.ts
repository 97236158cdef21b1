import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';

/** A span as it came. Kinds: 1 internal, 2 server, 3 client. Status: 0 unset, 2 error. */
export interface CollectedSpan {
  readonly name: string;
  readonly kind: number;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | undefined;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** The ids of the spans that it is linked to. */
  readonly links: readonly string[];
  readonly status: number;
  /** What is said of who sent it. */
  readonly resource: Readonly<Record<string, unknown>>;
}

/** What a parcel in OTLP's JSON consists of, as far as it is looked at. */
interface Pair {
  readonly key: string;
  readonly value: { stringValue?: string; intValue?: number | string; boolValue?: boolean; arrayValue?: { values: Pair['value'][] } };
}
interface SentSpan extends Pick<CollectedSpan, 'name' | 'kind' | 'traceId' | 'spanId' | 'parentSpanId'> {
  readonly attributes: readonly Pair[];
  readonly links?: readonly { readonly spanId: string }[];
  readonly status?: { readonly code?: number };
}
interface Parcel {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly Pair[] };
    readonly scopeSpans: readonly { readonly spans: readonly SentSpan[] }[];
  }[];
}

/** Takes traces by OTLP over HTTP, as an operator's collector does, and reads those that are written as JSON. */
export class TraceCollector {
  /** Every parcel as it came: its headers and its bytes. */
  readonly parcels: { readonly headers: IncomingMessage['headers']; readonly body: Buffer }[] = [];
  readonly spans: CollectedSpan[] = [];
  /** What it answers. */
  status = 200;
  /** Takes parcels and never answers. */
  isStuck = false;

  private constructor(private readonly server: Server) {
    server.on('request', (message, response) => void this.take(message, response));
  }

  static async start(): Promise<TraceCollector> {
    const server = createServer();
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return new TraceCollector(server);
  }

  /** `http://127.0.0.1:<port>` */
  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, 'close');
  }

  private async take(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const pieces: Buffer[] = [];
    for await (const piece of message as AsyncIterable<Buffer>) pieces.push(piece);
    const body = Buffer.concat(pieces);
    this.parcels.push({ headers: message.headers, body });
    if (this.isStuck) return;
    if (this.status === 200 && message.headers['content-type'] === 'application/json') {
      this.spans.push(...spansOf(JSON.parse(body.toString()) as Parcel));
    }
    response.writeHead(this.status, { 'content-type': 'application/json' }).end('{}');
  }
}

function spansOf({ resourceSpans }: Parcel): CollectedSpan[] {
  return resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) =>
      spans.map(({ attributes, links = [], status, ...span }) => ({
        ...span,
        attributes: recordOf(attributes),
        links: links.map(({ spanId }) => spanId),
        status: status?.code ?? 0,
        resource: recordOf(resource.attributes),
      })),
    ),
  );
}

function recordOf(pairs: readonly Pair[]): Record<string, unknown> {
  return Object.fromEntries(pairs.map(({ key, value }) => [key, valueOf(value)]));
}

function valueOf({ stringValue, intValue, boolValue, arrayValue }: Pair['value']): unknown {
  if (arrayValue !== undefined) return arrayValue.values.map(valueOf);
  return stringValue ?? boolValue ?? (intValue === undefined ? undefined : Number(intValue));
}
