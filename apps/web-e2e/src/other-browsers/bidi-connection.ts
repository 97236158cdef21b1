import { once } from 'node:events';

interface Waiting {
  resolve(result: Record<string, unknown>): void;
  reject(error: Error): void;
}

interface BidiMessage {
  readonly id?: number;
  readonly type: 'success' | 'error' | 'event';
  readonly result?: Record<string, unknown>;
  readonly error?: string;
  readonly message?: string;
  readonly method?: string;
  readonly params?: Record<string, unknown>;
}

/** WebDriver BiDi (W3C) over one socket: commands with their answers, and events. */
export class BidiConnection {
  private readonly waiting = new Map<number, Waiting>();
  private lastId = 0;

  private constructor(
    private readonly socket: WebSocket,
    private readonly heard: (method: string, params: Record<string, unknown>) => void,
  ) {
    socket.addEventListener('message', ({ data }) => this.take(JSON.parse(String(data)) as BidiMessage));
    socket.addEventListener('close', () => this.fail(new Error('The browser hung up.')));
  }

  static async open(url: string, heard: (method: string, params: Record<string, unknown>) => void): Promise<BidiConnection> {
    const socket = new WebSocket(url);
    const connection = new BidiConnection(socket, heard);
    await once(socket, 'open');
    return connection;
  }

  send(method: string, params: object): Promise<Record<string, unknown>> {
    const id = ++this.lastId;
    this.socket.send(JSON.stringify({ id, method, params }));
    return new Promise((resolve, reject) => this.waiting.set(id, { resolve, reject }));
  }

  close(): void {
    this.socket.close();
  }

  private take(message: BidiMessage): void {
    if (message.type === 'event') return this.heard(message.method ?? '', message.params ?? {});
    const waiting = this.waiting.get(message.id ?? 0);
    this.waiting.delete(message.id ?? 0);
    if (message.type === 'success') waiting?.resolve(message.result ?? {});
    else waiting?.reject(new Error(`${message.error}: ${message.message}`));
  }

  private fail(error: Error): void {
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
  }
}
