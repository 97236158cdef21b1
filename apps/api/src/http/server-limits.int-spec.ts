import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { limitServer } from './server-limits';

describe('the limits of the server', () => {
  let server: Server;

  beforeEach(async () => {
    server = createServer((request, response) => request.resume().on('end', () => response.end('done')));
    limitServer(server, 200);
    await once(server.listen(0, '127.0.0.1'), 'listening');
  });
  afterEach(() => server.close());

  /** Sends the bytes, keeps the connection open, and reads until the server closes it. */
  const send = async (text: string): Promise<string> => {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    let answer = '';
    socket.setEncoding('utf8').on('data', (data: string) => (answer += data));
    socket.write(text);
    await once(socket, 'close');
    return answer;
  };

  it('cut headers that do not arrive, and say so', async () => {
    const answer = await send('GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ');
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(answer).toMatch(/"code":"request_timeout"/);
  });

  it('cut a body that does not arrive, and say so', async () => {
    const answer = await send('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nonly a part');
    expect(answer).toMatch(/^HTTP\/1\.1 408 [^]*application\/problem\+json[^]*request_timeout/);
  });

  it('answer what is no HTTP', async () => {
    expect(await send('\u0001\u0002 nonsense\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 [^]*malformed_request/);
  });
});
