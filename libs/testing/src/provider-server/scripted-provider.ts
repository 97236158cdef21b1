import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, type Socket } from 'node:net';
import { playAnswer } from './play-answer';
import { type ScriptedAnswer } from './scripted-answer';
import { ScriptedRequest } from './scripted-request';

/** Chooses the answer to a request; undefined: the next one of the queue. */
export type AnswerChoice = (request: ScriptedRequest) => ScriptedAnswer | undefined;

/**
 * A model provider that does exactly what a test tells it: any wire, any chunking, any fault. Answers are taken from the queue, one per
 * request, unless `answer` chooses one; a request without an answer gets 500.
 */
export class ScriptedProvider {
  /** Every request, in order of arrival. */
  readonly requests: ScriptedRequest[] = [];
  /** Connections accepted so far. */
  connections = 0;
  /** Replaces the queue for the requests it answers. */
  answer: AnswerChoice | undefined;
  readonly #queue: ScriptedAnswer[] = [];
  readonly #sockets = new Map<Socket, number>();
  readonly #arrivals: { readonly index: number; readonly resolve: (request: ScriptedRequest) => void }[] = [];

  private constructor(private readonly server: Server) {}

  /** Listens on a free port of the loopback interface, or on `port`, or on another address of this machine. */
  static async start(port = 0, host = '127.0.0.1'): Promise<ScriptedProvider> {
    const server = createServer({ noDelay: true });
    const provider = new ScriptedProvider(server);
    server.on('connection', (socket) => provider.#register(socket));
    server.on('request', (message, response) => void provider.#serve(message, response));
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
    return provider;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** `http://127.0.0.1:<port>` */
  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** The base URL of an OpenAI-like provider: `http://127.0.0.1:<port>/v1` */
  get baseUrl(): string {
    return `${this.origin}/v1`;
  }

  /** Connections that are open now. */
  get openConnections(): number {
    return this.#sockets.size;
  }

  /** Adds answers to the queue. */
  enqueue(...answers: ScriptedAnswer[]): this {
    this.#queue.push(...answers);
    return this;
  }

  /** The request number `index` (0 is the first), as soon as it is there. */
  request(index: number): Promise<ScriptedRequest> {
    const known = this.requests[index];
    return known ? Promise.resolve(known) : new Promise((resolve) => this.#arrivals.push({ index, resolve }));
  }

  /** Forgets requests and queued answers; connections stay. */
  reset(): void {
    this.requests.length = 0;
    this.#queue.length = 0;
    this.answer = undefined;
  }

  /** Destroys every connection and stops listening. */
  async stop(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    for (const socket of this.#sockets.keys()) socket.destroy();
    await closed;
  }

  #register(socket: Socket): void {
    this.#sockets.set(socket, ++this.connections);
    // A client that resets the connection is what many tests are about.
    socket.on('error', () => undefined);
    socket.on('close', () => this.#sockets.delete(socket));
  }

  async #serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of message) chunks.push(chunk as Buffer);
    } catch {
      return; // The client left before it had asked.
    }
    const request = new ScriptedRequest(message, Buffer.concat(chunks).toString(), this.#sockets.get(message.socket) ?? 0);
    this.requests.push(request);
    const index = this.requests.length - 1;
    for (const arrival of this.#arrivals) if (arrival.index === index) arrival.resolve(request);
    const answer = this.answer?.(request) ??
      this.#queue.shift() ?? { status: 500, steps: [{ write: 'The test has no answer for this request.' }] };
    await playAnswer(answer, request, response);
  }
}
