import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';

/** Services of its maker that Chromium itself calls at its start and at every text field, whatever page is open. Pages are held against their own requests, too. */
const CHROMIUMS_OWN = /^(http:\/\/)?[\w.-]+\.(google|googleapis|gstatic|gvt1)\.com[:/]/;

/** Stands where the rest of the world would be: the browser's proxy for everything that is not loopback. It lets nothing out. */
export class OutsideWorld {
  /** What a page wanted: `host:port` of a tunnel, or a URL. */
  readonly wanted: string[] = [];

  private constructor(private readonly server: Server) {
    server.on('connect', (request, socket) => {
      this.note(request.url);
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    });
    server.on('request', (request, response) => {
      this.note(request.url);
      response.writeHead(403).end();
    });
  }

  static async start(): Promise<OutsideWorld> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new OutsideWorld(server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  private note(url = ''): void {
    if (!CHROMIUMS_OWN.test(url)) this.wanted.push(url);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
